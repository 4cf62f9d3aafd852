"""The first screen: what the program does, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_rag.ui.parts import label, link_button


class Welcome(QScrollArea):
    """Shown while the library is empty; it can be scrolled where large text finds no room.

    Signals:
        samples_wanted(): open the sample documents.
        proof_wanted(): show how it is guaranteed that nothing leaves the machine.
    """

    samples_wanted = Signal()
    proof_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("First steps"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setObjectName("column")
        drop = label(self.tr("Drop PDFs here. They stay on this computer."), "welcome")
        drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        what = label(
            self.tr(
                "Ask in your own words, and read an answer whose every sentence points at a "
                "place on a page."
            ),
            "quiet",
        )
        what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.samples = link_button(self.tr("Open the sample documents"), self.samples_wanted.emit)
        self.proof = link_button(self.tr("How is that guaranteed?"), self.proof_wanted.emit)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(32, 16, 32, 16)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(drop)
        layout.addWidget(what)
        layout.addSpacing(12)
        layout.addWidget(self.samples, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.proof, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setWidget(column)
