"""What the reader does with the document that is shown: password, print, a copy."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop_rag.ui.dialogs import ask_text
from desktop_rag.ui.engine_link import EngineLink
from desktop_rag.ui.page_panel import PagePanel, default_copy_name
from desktop_rag.ui.reading import Reading


class PageTasks(QObject):
    """Carries out the wishes of the page column."""

    def __init__(
        self, parent: QWidget, engine: EngineLink, reading: Reading, page: PagePanel
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._engine = engine
        self._reading = reading
        self._page = page
        self._printing: QObject | None = None

    def ask_password(self, document_id: str, message: str) -> None:
        """Ask for the password of the document that is to be shown, and open it."""
        password = ask_text(
            self._parent,
            self.tr("This document has a password"),
            message,
            self.tr("Open"),
            secret=True,
        )
        if password:
            self._reading.learn_password(password)
            self._page.passwords = self._reading.passwords
            self._page.try_again()

    def save_copy(self) -> None:
        """Save a copy with the highlights as annotations that any PDF program shows."""
        view = self._page.view
        if view is None:
            return
        start = str(view.path.with_name(default_copy_name(view.path)))
        title = self.tr("Save a copy with the highlights")
        name, _ = QFileDialog.getSaveFileName(
            self._parent, title, start, self.tr("PDF files (*.pdf)")
        )
        if name:
            self.save_copy_as(Path(name))

    def save_copy_as(self, target: Path) -> None:
        """Save it there."""
        view = self._page.view
        if view is not None:
            self._engine.request(
                "save_highlighted",
                view.document_id,
                self._page.spans(),
                self._page.passwords,
                target,
                then=lambda path: self._page.say(
                    self.tr("Saved as {name}.").format(name=path.name)
                ),
            )

    def print_document(self) -> None:
        """Ask for a printer and pages, and print the document that is shown."""
        view = self._page.view
        if view is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop_rag.ui.printing import Printing

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(view.path.stem)
        dialog = QPrintDialog(printer, self._parent)
        dialog.setMinMax(1, len(view.frames))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        printing = Printing(self._engine, view, self._page.passwords, printer)
        printing.progressed.connect(
            lambda done, total: self._page.say(
                self.tr("Printing page {done} of {total}").format(done=done, total=total)
            )
        )
        printing.ended.connect(lambda problem: self._page.say(problem or self.tr("Printed.")))
        self._printing = printing
        printing.start()
