"""What this program is, where it keeps things, and what it is made of."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_rag import __version__
from desktop_rag.config import Settings, resources_folder
from desktop_rag.ui.clipboard import copy_text
from desktop_rag.ui.components import components, edition, licence_text
from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.flow_layout import FlowLayout
from desktop_rag.ui.parts import label, quiet_label
from desktop_rag.ui.settings.page import table

_LETTERS, _LINES = 72, 37  # what the sheet has room for


class About(Sheet):
    """Version, edition, licence and places."""

    def __init__(self, parent: QWidget, settings: Settings, library_folder: Path) -> None:
        super().__init__(parent, "Desktop RAG")
        self._settings = settings
        resources = resources_folder()
        self.set_text(
            self.tr("Ask your own PDFs, on your own computer. Nothing leaves this computer.")
        )
        self.version = label(self._version(edition(resources)), "section")
        self._add_licence_and_places(library_folder)
        inside = QPushButton(self.tr("What is inside …"))
        inside.setAutoDefault(False)
        inside.clicked.connect(lambda: Inside(self, resources).exec())
        self.inside = inside
        row = FlowLayout(spacing=8)
        row.addWidget(inside)
        row.addWidget(self._button(self.tr("Copy"), self._copy))
        row.addWidget(self._button(self.tr("Show folder"), self._show_folder))
        self.body.addLayout(row)
        self.add_accept(self.tr("Close")).setFocus()
        self.ensurePolished()  # else the letters are not those of the style
        screen = self.screen().availableGeometry()
        letters = self.fontMetrics().averageCharWidth()
        self.resize(
            min(letters * _LETTERS, screen.width() - 80),
            min(self.fontMetrics().height() * _LINES, screen.height() - 100),
        )

    def _version(self, which: str) -> str:
        kind = {
            "cpu": self.tr("edition for processors"),
            "gpu": self.tr("edition with graphics cards"),
        }.get(which, self.tr("run from its sources"))
        return self.tr("Version {number}, {edition}").format(number=__version__, edition=kind)

    def _add_licence_and_places(self, library_folder: Path) -> None:
        """What may be longer than a small screen: it scrolls."""
        words = self.tr(
            "Free software under the Apache License 2.0; it comes without any warranty. "
            "Qt is used under the LGPL 3.0: unmodified, dynamically linked, and it may be "
            "replaced in _internal/PySide6. Its source is at download.qt.io."
        )
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.version)
        form.addRow(label(words, "text"))
        self.places = self._places(library_folder)
        for name, place in self.places.items():
            field = QLineEdit(str(place))
            field.setReadOnly(True)
            field.setAccessibleName(name)
            field.setCursorPosition(0)
            form.addRow(name, field)
        holder = QWidget()
        holder.setObjectName("column")
        holder.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.version.text())
        area.setWidget(holder)
        self.body.addWidget(area, 1)

    def _places(self, library_folder: Path) -> dict[str, Path]:
        return {
            self.tr("Documents read"): library_folder,
            self.tr("Settings"): self._settings.settings_file,
            self.tr("Own models"): self._settings.models_folder,
            self.tr("Log, if any"): self._settings.log_file,
        }

    def _button(self, text: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _copy(self) -> None:
        lines = [f"Desktop RAG {self.version.text()}"]
        lines += [f"{name}: {place}" for name, place in self.places.items()]
        copy_text("\n".join(lines))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._settings.data_folder)))


class Inside(QDialog):
    """The parts of the program on the left, the licence of the chosen one on the right."""

    def __init__(self, parent: QWidget, resources: Path) -> None:
        super().__init__(parent)
        self._resources = resources
        self.setWindowTitle(self.tr("What is inside"))
        self.setAccessibleName(self.tr("What is inside"))
        self.parts: QTreeWidget = table(
            self.tr("What is inside"), [self.tr("Part"), self.tr("Version"), self.tr("Licence")]
        )
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Licence"))
        for one in components(resources):
            self.parts.addTopLevelItem(QTreeWidgetItem([one.name, one.version, one.licence]))
        self.parts.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.parts.currentItemChanged.connect(lambda item: self._show(item.text(0)))
        self._lay_out()
        first = self.parts.topLevelItem(0)
        if first is not None:
            self.parts.setCurrentItem(first)
        screen = self.screen().availableGeometry()
        self.resize(min(1200, screen.width() - 80), min(640, screen.height() - 100))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        if not self.parts.topLevelItemCount():
            layout.addWidget(
                quiet_label(
                    QCoreApplication.translate(
                        "Inside",
                        "This program runs from its sources, so that nobody has listed its parts. "
                        "An installed one lists them here, with their licences.",
                    )
                )
            )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.parts, 4)
        row.addWidget(self.text, 3)
        layout.addLayout(row, 1)

    def _show(self, name: str) -> None:
        self.text.setPlainText(licence_text(self._resources, name))
