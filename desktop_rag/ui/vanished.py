"""Files that are gone from watched folders: few leave the library by themselves, many are asked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain import Removed, Vanished
from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.notice_strip import NoticeStrip

_GRACE_MS = 30_000


class VanishedFiles(QObject):
    """Says what is gone, and has it removed unless the reader keeps it.

    The text of a document whose file is gone could not be read again. So a few documents leave
    the library only after half a minute in which they can be kept; that is their Undo. If nothing
    is decided, they stay, marked as gone.

    Signals:
        removed(ids): these documents are gone.
    """

    removed = Signal(set)

    def __init__(self, parent: QWidget, engine: EngineLink, notice: NoticeStrip) -> None:
        super().__init__(parent)
        self._parent = parent
        self._engine = engine
        self._notice = notice
        self._few: list[Vanished] = []
        self._many: list[Vanished] = []
        self._said = ""
        self.grace = QTimer(self)
        self.grace.setSingleShot(True)
        self.grace.setInterval(_GRACE_MS)
        self.grace.timeout.connect(self._remove_few)

    def tell(self, vanished: Sequence[Vanished]) -> None:
        """Say what is newly gone."""
        few = [one for one in vanished if one.few]
        many = [one for one in vanished if not one.few]
        if few:
            self._few += few
            self.grace.start()
            self._say(
                self.tr(
                    "%n document(s) leave the library: the files are gone from {folder}.",
                    "",
                    len(_ids(self._few)),
                ).format(folder=_names(self._few)),
                self.tr("Keep"),
                self._keep_few,
            )
        if many:
            self._many += many
            self._say(self._many_words(), self.tr("Remove or keep …"), self.ask)

    def ask(self) -> None:
        """Ask what is to become of the many that are gone."""
        many, title = self._many, self._many_words()
        self._many = []
        sheet = Sheet(
            self._parent,
            title,
            self.tr(
                "Their text is still searched, but their pages cannot be shown. If they are "
                "removed, the answers that quote them go too. If you keep them, this is not asked "
                "again."
            ),
        )
        sheet.add_accept(self.tr("Remove them from the library"), dangerous=True)
        sheet.add_cancel(self.tr("Keep them"), default=True).setFocus()
        if sheet.exec():
            self._remove(many)

    def _many_words(self) -> str:
        count = sum(len(one.files) for one in self._many)
        return self.tr("%n file(s) are gone from {folder}.", "", count).format(
            folder=_names(self._many)
        )

    def _say(self, text: str, button: str, act: Callable[[], object]) -> None:
        self._said = text
        self._notice.say(text, button, act)

    def _keep_few(self) -> None:
        self.grace.stop()
        self._few = []

    def _remove_few(self) -> None:
        few, self._few = self._few, []
        self._remove(few)
        if self._notice.text() == self._said:
            self._notice.clear()

    def _remove(self, vanished: Sequence[Vanished]) -> None:
        self._engine.request("remove_vanished", _ids(vanished), then=self._are_removed)

    def _are_removed(self, removed: Removed) -> None:
        self.removed.emit({entry.document.id for entry in removed.entries})


def _ids(vanished: Sequence[Vanished]) -> list[str]:
    return [*dict.fromkeys(file.document_id for one in vanished for file in one.files)]


def _names(vanished: Sequence[Vanished]) -> str:
    return ", ".join(dict.fromkeys(one.folder.name for one in vanished))
