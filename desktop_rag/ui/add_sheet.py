"""The sheet between a drop and the reading: what was found, and where it shall go."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_rag.domain import FoundFiles
from desktop_rag.ui import model_words, words
from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.parts import label, link_button

_MOST_PROBLEMS = 4


class AddSheet(Sheet):
    """Shown while the drop is counted, and until the reader adds or cancels."""

    def __init__(
        self, parent: QWidget, collections: Sequence[str], place: str, vault_number: int = 0
    ) -> None:
        """`vault_number`: of the vault that they would go to; 0 for the open library."""
        super().__init__(parent, QCoreApplication.translate("AddSheet", "Add documents"))
        self.set_text(self.tr("Looking at what was dropped …"))
        self.collection = QComboBox()
        self.collection.setEditable(True)
        self.collection.addItems(list(collections))
        self.collection.setCurrentText(place or self.tr("Documents"))
        self.collection.setAccessibleName(self.tr("Collection"))
        self._into = label(self.tr("Put them into the collection"), "section")
        self._into.setBuddy(self.collection)  # on Linux a screen reader says this, not the name
        going = self.tr("They go into vault {number}.").format(number=vault_number)
        self._vault = label(going, "text")
        self._vault.setVisible(bool(vault_number))
        self.models = label("", "text")
        self.models.setVisible(False)
        self.body.addWidget(self.models)
        self.body.addWidget(self._vault)
        self.body.addWidget(self._into)
        self.body.addWidget(self.collection)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(self.tr("Password"))
        self.password.setPlaceholderText(self.tr("Kept in memory only, until you quit"))
        self.password.setVisible(False)
        self._reveal = link_button(self.tr("Some have a password …"), self._show_password)
        self.body.addWidget(self._reveal, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.password)
        self.problems = label("", "attention")
        self.problems.setVisible(False)
        self.body.addWidget(self.problems)
        self.add = self.add_accept(self.tr("Add"))
        self.add.setEnabled(False)
        self.add_cancel()

    def show_counting(self, found: FoundFiles) -> None:
        """How many were found so far."""
        self.set_text(
            self.tr("Looking at what was dropped: {count} so far …").format(
                count=words.pdf_count(found.pdfs)
            )
        )

    def show_found(self, found: FoundFiles) -> None:
        """What was found in all."""
        if found.models:
            self.models.setText("\n".join(map(model_words.found_model, found.models)))
            self.models.setVisible(True)
        if found.pdfs:
            self._offer_documents(found)
        elif found.models:
            self._offer_models(found)
        else:
            self.title.setText(self.tr("Nothing to add"))
            self.set_text(
                self.tr("There is no PDF in what was dropped. Other papers can be saved as PDF.")
            )
        self._show_problems([item.reason for item in found.problems])
        if self.isVisible():  # else its width is not that which it will have
            self.resize(self.width(), self.heightForWidth(self.width()))  # lines that wrap

    def _offer_documents(self, found: FoundFiles) -> None:
        """The documents, and the models that came with them."""
        count = words.pdf_count(found.pdfs)
        text = self.tr("{count}, {size} in all.").format(count=count, size=words.size(found.bytes))
        if found.attached:
            text += " " + self.tr("%n of them attached to mails.", "", found.attached)
        self.set_text(text)
        if found.models:
            models = self.tr("%n model(s)", "", len(found.models))
            count = self.tr("{pdfs} and {models}").format(pdfs=count, models=models)
        self.title.setText(self.tr("Add {count}?").format(count=count))
        self._allow(self.tr("Add {count}").format(count=count))

    def _offer_models(self, found: FoundFiles) -> None:
        """Models alone: where documents go is not asked."""
        for part in (self._into, self.collection, self._vault, self._reveal, self.password):
            part.setVisible(False)
        models = self.tr("%n model(s)", "", len(found.models))
        self.title.setText(self.tr("Add {count}?").format(count=models))
        self.set_text(
            self.tr(
                "It is checked and copied. One that finds or orders places is also prepared, which "
                "takes about a minute."
            )
        )
        self._allow(self.tr("Add {count}").format(count=models))

    def _allow(self, text: str) -> None:
        self.add.setText(text)
        self.add.setEnabled(True)
        self.add.setFocus()

    def _show_problems(self, reasons: list[str]) -> None:
        shown = reasons[:_MOST_PROBLEMS]
        if len(reasons) > _MOST_PROBLEMS:
            shown.append(self.tr("and %n more", "", len(reasons) - _MOST_PROBLEMS))
        self.problems.setText("\n".join(shown))
        self.problems.setVisible(bool(shown))

    def _show_password(self) -> None:
        self._reveal.setVisible(False)
        self.password.setVisible(True)
        self.password.setFocus()
