"""Every screen of the window, one after the other, for checks that hold for all of them."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication, QWidget

from desktop_rag import config
from desktop_rag.config import resources_folder
from desktop_rag.domain import FoundFiles
from desktop_rag.ui.about import About, Inside
from desktop_rag.ui.add_sheet import AddSheet
from desktop_rag.ui.dialogs import ProblemDialog, Sheet
from desktop_rag.ui.guide import Guide
from desktop_rag.ui.jump import Jump
from desktop_rag.ui.theme import LIGHT, Look
from desktop_rag.ui.workspace import Workspace

Wait = Callable[[Callable[[], bool]], None]


def empty_screens(workspace: Workspace) -> Iterator[tuple[str, QWidget]]:
    """Those of an empty library."""
    yield "first screen", workspace.window()


def filled_screens(workspace: Workspace, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    """Those of a library with documents; `wait` waits until something holds."""
    window = workspace.window()
    answers, page = workspace.answers, workspace.page
    yield "library", window
    answers.field.edit.setPlainText("How much notice must the tenant give to end the lease?")
    answers.field.submit()
    wait(lambda: answers.running is None)
    latest = answers.transcript.latest
    assert latest is not None
    yield "answer", window
    latest.open_card(0)
    wait(lambda: bool(page.canvas.highlights_on(latest.cards[0].pages[0])))
    yield "page", window
    page.small_pages.setChecked(True)
    page.find_bar.open_bar()
    page.find_bar.field.setText("tenant")
    wait(lambda: " of " in page.find_bar.state.text())
    yield "find bar and small pages", window
    page.find_bar.close_bar()
    page.small_pages.setChecked(False)
    page.close_panel()
    answers.show_history()
    wait(lambda: answers.history.model.rowCount() > 0)
    yield "history", window
    answers.history.closed.emit()
    yield from _settings(workspace, wait)
    yield from _sheets(workspace)


def _settings(workspace: Workspace, wait: Wait) -> Iterator[tuple[str, QWidget]]:
    workspace.sheets.open_settings(0)
    dialog = workspace.sheets.settings
    assert dialog is not None
    for row in range(dialog.list.count()):
        dialog.show_page(row)
        yield f"settings: {dialog.list.item(row).text()}", dialog
    dialog.close()
    wait(lambda: workspace.sheets.settings is None)


def _sheets(workspace: Workspace) -> Iterator[tuple[str, QWidget]]:
    window = workspace.window()
    add = AddSheet(window, ["Matters/Smith"], "Matters/Smith")
    add.show_found(FoundFiles(12, 3_456_789, 1, ()))
    confirm = Sheet(window, "Remove 3 documents from the library?", "Their text is removed.")
    confirm.add_accept("Remove 3 documents", dangerous=True)
    confirm.add_cancel(default=True)
    look = Look(LIGHT)
    guide = Guide(window, resources_folder() / "guide", look, workspace.shortcuts)
    settings = config.load()[0]
    problem = ProblemDialog(window, "The library is full.", "Make room on the disk.", "details")
    for name, sheet in (
        ("add", add),
        ("confirm", confirm),
        ("jump", Jump(window, workspace.library.documents.rows())),
        ("guide", guide),
        ("about", About(window, settings, settings.library_folder)),
        ("inside", Inside(window, resources_folder())),
        ("problem", problem),
    ):
        sheet.show()
        QApplication.processEvents()
        yield name, sheet
        sheet.close()
