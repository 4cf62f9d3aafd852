"""F1: the shortcuts, and what the program promises."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from desktop_rag.ui.dialogs import Sheet
from desktop_rag.ui.parts import label


class HelpSheet(Sheet):
    """Lists actions with their keys."""

    def __init__(self, parent: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(parent, QCoreApplication.translate("HelpSheet", "Help"))
        introduction = self.tr(
            "Drop PDFs on the window, ask in your own words, and click a number or a card to "
            "see the place on its page. What is marked “not found in the documents” was "
            "written by the language model and stands nowhere."
        )
        grid = QGridLayout()
        grid.addWidget(label(introduction, "text"), 0, 0, 1, 2)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for row, action in enumerate(actions, start=1):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            if action.property("keys"):
                keys = str(action.property("keys"))
            shown = label(keys, "section")
            shown.setWordWrap(False)
            grid.addWidget(shown, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(action.text(), "text"), row, 1)
        grid.setColumnStretch(1, 1)
        listing = QWidget()
        listing.setObjectName("column")
        listing.setLayout(grid)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Shortcuts"))
        area.setWidget(listing)
        area.setMinimumHeight(min(listing.sizeHint().height(), parent.height() // 5))
        self.body.addWidget(area)
        self.add_accept(self.tr("Close"))
