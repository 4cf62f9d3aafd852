"""The question before another model is put in force, wherever it is chosen."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop_rag.domain import ModelRole
from desktop_rag.ui.dialogs import confirm


def may_use(parent: QWidget, role: ModelRole) -> bool:
    """Whether the reader wants it: another one that finds places costs hours."""
    if role is not ModelRole.EMBEDDER:
        return True
    translate = QCoreApplication.translate
    return confirm(
        parent,
        translate("ModelsPage", "Find places with another model?"),
        translate(
            "ModelsPage",
            "All documents are prepared anew for it. In a large library this takes hours. You "
            "can go on searching meanwhile, with the model before.",
        ),
        translate("ModelsPage", "Prepare the documents"),
        dangerous=False,
    )
