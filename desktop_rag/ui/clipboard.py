"""What is copied from the window bears hints for programs that keep what was copied: do not.

A clipboard manager may ignore them: they are a request, and the one that such programs know.
"""

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

_NONE = bytes(4)  # a DWORD of 0
# KDE's Klipper and most managers on Linux; Windows' history and cloud clipboard, and managers there
# (learn.microsoft.com, “Clipboard Formats”); nspasteboard.org for macOS, where Qt puts the name
# into one of its own: whether any manager sees it there is not known.
_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _NONE,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NONE,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NONE,
    "org.nspasteboard.ConcealedType": b"",
}
_MARK = "x-kde-passwordManagerHint"
_WITHOUT_OTHERS = ("offscreen", "minimal")  # platforms of Qt that share their clipboard with nobody


def hinted(content: QMimeData) -> QMimeData:
    """The same content with the hints. A copy: what a selection gives tells of no added format."""
    copy = QMimeData()
    for name in content.formats():
        copy.setData(name, content.data(name))
    for name, value in _HINTS.items():
        copy.setData(name, value)
    return copy


def copy_text(text: str) -> None:
    """Put text on the clipboard, with the hints."""
    content = QMimeData()
    content.setText(text)
    QGuiApplication.clipboard().setMimeData(hinted(content))


class ClipboardHints(QObject):
    """Gives the hints to whatever a field or a menu of Qt copies by itself.

    It does so before Qt hands the content to anybody: that takes the next turn of its loop.
    """

    def __init__(self) -> None:
        super().__init__()
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.changed.connect(self._changed)

    def leave(self) -> None:
        """At the end: off screen, Qt would delete what was copied when Python is gone, and fail."""
        if QGuiApplication.platformName() in _WITHOUT_OTHERS:
            self._clipboard.clear()

    def _changed(self, mode: QClipboard.Mode) -> None:
        content = self._clipboard.mimeData(mode)
        if not _is_ours(mode) or content is None or content.hasFormat(_MARK):
            return
        if content.hasText() and content.text():
            self._clipboard.setMimeData(hinted(content), mode)


def clear_ours() -> None:
    """Take what was copied from this window off the clipboard; what others copied stays."""
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if _is_ours(mode):
            QGuiApplication.clipboard().clear(mode)


def _is_ours(mode: QClipboard.Mode) -> bool:
    clipboard = QGuiApplication.clipboard()
    if QGuiApplication.platformName() in _WITHOUT_OTHERS:
        return True
    if mode is QClipboard.Mode.Selection:
        return clipboard.ownsSelection()
    return mode is QClipboard.Mode.Clipboard and clipboard.ownsClipboard()
