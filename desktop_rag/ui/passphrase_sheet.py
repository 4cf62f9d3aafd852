"""Lines that nobody may read over a shoulder, asked for until they are right."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.parts import label

Answered = Callable[[str], None]
Submit = Callable[[list[str], Answered], None]


class PassphraseSheet(Sheet):
    """Takes a line for each name; stays open, and says why, until what is typed is taken.

    `submit` gets the lines and what to call when it is known: with "" to close, else with a
    sentence to show.
    """

    def __init__(
        self, parent: QWidget, title: str, text: str, names: Sequence[str], act: str, submit: Submit
    ) -> None:
        super().__init__(parent, title, text)
        self._submit = submit
        self.fields: list[QLineEdit] = []
        for name in names:
            field = QLineEdit()
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            heading = label(name, "section")
            heading.setBuddy(field)
            self.body.addWidget(heading)
            self.body.addWidget(field)
            self.fields.append(field)
        self.problem = label("", "attention")
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self._button = self.add_accept(act)
        self.add_cancel()
        self.fields[0].setFocus()

    def accept(self) -> None:
        lines = [field.text() for field in self.fields]
        if not all(lines):
            next(field for field in self.fields if not field.text()).setFocus()
            return
        self._wait(True)
        self._submit(lines, self._answered)

    def reject(self) -> None:
        if self._button.isEnabled():  # else it waits, and what was asked for is being done
            super().reject()

    def _answered(self, problem: str) -> None:
        if not isValid(self):  # it was taken away when the program was locked
            return
        self._wait(False)
        if not problem:
            for field in self.fields:
                field.clear()
            super().accept()
            return
        self.problem.setText(problem)
        self.problem.setVisible(True)
        self.adjustSize()
        self.fields[0].setFocus()
        self.fields[0].selectAll()

    def _wait(self, waiting: bool) -> None:
        self.problem.setText(self.tr("One moment …"))
        self.problem.setVisible(waiting)
        self.adjustSize()
        for part in (*self.fields, self._button):
            part.setEnabled(not waiting)
