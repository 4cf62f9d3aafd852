"""The library column: search, the tree of collections, moving and removing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_rag.ui.collections_model import ALL, ATTENTION
from tests.support import make_pdf
from tests.ui.steps_ta import Desk, answer, desk_on, fill, press

LEASE, RENT, BLOOD, WILL, DEED, CODICIL = (
    "Lease.pdf Rent.pdf Blood.pdf Will.pdf Deed.pdf Codicil.pdf".split()
)
LOCKED = "Locked.pdf"


pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(scope="module")
def desk(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("home")
    papers = home / "papers"
    papers.mkdir()

    def paper(name: str) -> Path:
        return make_pdf(papers / name, [f"This is what {name} says about the matter at hand."])

    with desk_on(request, home) as desk:
        desk.add([paper(LEASE), paper(RENT)], "Matters/Smith")
        desk.add([paper(WILL), paper(DEED), paper(CODICIL)], "Estates")
        locked = make_pdf(papers / LOCKED, ["Nobody sees this."], encrypt="secret")
        desk.add([paper(BLOOD), locked], "Patients")
        yield desk


@pytest.fixture(autouse=True)
def from_the_top(desk: Desk) -> None:
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow)
    desk.workspace.library.search.clear()
    desk.go_to(ALL)
    desk.workspace.library.table.clearSelection()


def menu_action(desk: Desk, text: str) -> QAction:
    menu = desk.workspace.library.table.menu()
    (found,) = [action for action in menu.actions() if action.text().startswith(text)]
    return found


def dragged(desk: Desk, *names: str) -> QMimeData:
    model = desk.workspace.library.documents
    return model.mimeData([model.index_of(desk.row(name).key) for name in names])


def drop_on(desk: Desk, content: QMimeData, target: str) -> None:
    model = desk.workspace.library.collections
    move = Qt.DropAction.MoveAction
    model.dropMimeData(content, move, -1, -1, model.index_of(target))


def test_the_list_follows_each_letter_that_is_typed(desk: Desk, qtbot: QtBot) -> None:
    search = desk.workspace.library.search
    qtbot.keyClicks(search, "l")
    assert set(desk.shown()) == {LEASE, BLOOD, WILL, CODICIL, LOCKED}
    qtbot.keyClicks(search, "ea")
    assert desk.shown() == [LEASE]
    qtbot.keyClicks(search, "zz")
    assert desk.shown() == []
    panel = desk.workspace.library
    assert panel.table.isHidden()
    qtbot.keyClick(search, Qt.Key.Key_Backspace)
    qtbot.keyClick(search, Qt.Key.Key_Backspace)
    assert desk.shown() == [LEASE]
    assert not panel.table.isHidden()


def test_the_tree_counts_a_group_with_what_is_below_it(desk: Desk) -> None:
    tree = desk.tree()
    assert tree["Matters"] == tree["Matters/Smith"] == "2"
    assert tree[ATTENTION] == "1"
    assert tree[ALL] == "7"
    said = desk.workspace.library.collections.index_of("Matters").data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    assert said.startswith("Matters, 2 document")


def test_a_group_shows_all_below_it_and_attention_only_trouble(desk: Desk) -> None:
    desk.go_to("Matters")
    assert desk.shown() == [LEASE, RENT]
    desk.go_to(ATTENTION)
    assert desk.shown() == [LOCKED]
    desk.workspace.library.search.setText("lease")
    assert desk.shown() == []


def test_an_empty_collection_is_made_shown_and_removed_without_a_question(desk: Desk) -> None:
    desk.make_collection("Spare/Room")
    assert desk.tree()["Spare/Room"] == ""
    desk.go_to("Spare/Room")
    assert desk.shown() == []
    tree = desk.workspace.library.tree
    desk.press_key(tree, Qt.Key.Key_Delete)
    desk.wait(lambda: "Spare/Room" not in desk.tree())
    assert desk.workspace.library.place == ALL


def test_f2_renames_the_collection_and_the_reader_stays_in_it(desk: Desk, qtbot: QtBot) -> None:
    library = desk.workspace.library
    desk.go_to("Matters/Smith")
    desk.press_key(library.tree, Qt.Key.Key_F2)
    editor = library.tree.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Miller")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: desk.tree().get("Matters/Miller") == "2")
    desk.wait(lambda: desk.row(LEASE).collections == ("Matters/Miller",))
    assert library.place == "Matters/Miller"
    assert desk.shown() == [LEASE, RENT]
    library.collections.renamed.emit("Matters/Miller", "Smith")
    desk.wait(lambda: desk.tree().get("Matters/Smith") == "2")
    desk.wait(lambda: desk.row(LEASE).collections == ("Matters/Smith",))


def test_a_name_that_is_taken_is_refused_in_a_sentence(desk: Desk) -> None:
    desk.make_collection("Taken")
    collections = desk.workspace.library.collections
    item = collections.itemFromIndex(collections.index_of("Taken"))
    item.setText("Estates")
    desk.wait(lambda: "Estates" in desk.notice)
    desk.settle()
    assert {"Taken", "Estates"} <= desk.tree().keys()
    assert collections.index_of("Taken").data() == "Taken"


def test_documents_dropped_on_a_collection_move_into_it(desk: Desk) -> None:
    desk.make_collection("Old estates")
    drop_on(desk, dragged(desk, WILL, DEED), "Old estates")
    desk.wait(lambda: desk.tree()["Old estates"] == "2")
    assert desk.row(WILL).collections == ("Old estates",)
    assert desk.tree()["Estates"] == "1"
    drop_on(desk, dragged(desk, WILL, DEED), "Estates")
    desk.wait(lambda: desk.tree()["Estates"] == "3")


def test_documents_cannot_be_dropped_on_what_is_no_collection(desk: Desk) -> None:
    model = desk.workspace.library.collections
    move = Qt.DropAction.MoveAction
    for target in (ALL, ATTENTION):
        index = model.index_of(target)
        assert not model.canDropMimeData(dragged(desk, WILL), move, -1, -1, index)
    assert model.canDropMimeData(dragged(desk, WILL), move, -1, -1, model.index_of("Patients"))


def test_a_collection_is_dragged_into_a_group_and_out_again(desk: Desk) -> None:
    desk.make_collection("None")
    model = desk.workspace.library.collections
    drop_on(desk, model.mimeData([model.index_of("None")]), "Matters")
    desk.wait(lambda: "Matters/None" in desk.tree())
    assert "None" not in desk.tree()
    drop_on(desk, model.mimeData([model.index_of("Matters/None")]), ALL)
    desk.wait(lambda: "None" in desk.tree())
    drop_on(desk, model.mimeData([model.index_of("None")]), "Matters")
    desk.wait(lambda: "Matters/None" in desk.tree())
    nowhere = model.index_of("there is none")
    content = model.mimeData([model.index_of("Matters/None")])
    assert model.canDropMimeData(content, Qt.DropAction.MoveAction, 0, 0, nowhere)


@pytest.mark.parametrize("target", ["Matters", "Matters/Smith", ATTENTION])
def test_a_collection_cannot_be_dragged_into_itself(desk: Desk, target: str) -> None:
    model = desk.workspace.library.collections
    content = model.mimeData([model.index_of("Matters")])
    index = model.index_of(target)
    assert not model.canDropMimeData(content, Qt.DropAction.MoveAction, -1, -1, index)


def test_a_top_level_collection_called_none_may_stay_at_the_top(desk: Desk) -> None:
    desk.make_collection("None")
    model = desk.workspace.library.collections
    content = model.mimeData([model.index_of("None")])
    nowhere = model.index_of("there is none")
    assert model.canDropMimeData(content, Qt.DropAction.MoveAction, 0, 0, nowhere)


def test_the_menu_moves_what_is_selected_into_a_new_collection(desk: Desk) -> None:
    desk.select(WILL, CODICIL)

    def choose(sheet: object) -> None:
        fill(sheet, "Matters/Wills")  # type: ignore[arg-type]
        press(sheet, "Move")  # type: ignore[arg-type]

    answer(choose)
    menu_action(desk, "Move").trigger()
    desk.wait(lambda: desk.tree().get("Matters/Wills") == "2")
    desk.select(WILL, CODICIL)
    answer(lambda sheet: (fill(sheet, "Estates"), press(sheet, "Move")))
    menu_action(desk, "Move").trigger()
    desk.wait(lambda: desk.tree()["Estates"] == "3")


def test_the_menu_offers_what_the_selection_allows(desk: Desk) -> None:
    assert not menu_action(desk, "Open").isEnabled()
    assert not menu_action(desk, "Remove").isEnabled()
    desk.select(LEASE)
    assert menu_action(desk, "Open").isEnabled()
    desk.select(LEASE, RENT)
    assert not menu_action(desk, "Open").isEnabled()
    assert not menu_action(desk, "Show in file manager").isEnabled()
    assert menu_action(desk, "Move").isEnabled()


def test_the_menu_sorts(desk: Desk) -> None:
    sort = menu_action(desk, "Sort").menu()
    try:
        (status,) = [a for a in sort.actions() if a.text() == "Status"]
        status.trigger()
        assert desk.shown()[0] == LOCKED
    finally:
        sort.actions()[0].trigger()
    assert desk.shown() == sorted(desk.shown(), key=str.casefold)


def test_a_removal_that_is_not_wanted_changes_nothing(desk: Desk) -> None:
    said: list[str] = []
    desk.select(WILL, DEED)
    answer(lambda sheet: press(sheet, "Cancel"), said)
    desk.press_key(desk.workspace.library.table, Qt.Key.Key_Delete)
    assert WILL in said[0]
    assert DEED in said[0]
    assert "files themselves stay" in said[0]
    assert {WILL, DEED} <= set(desk.shown())
    assert desk.workspace.library.selected()


def test_a_full_collection_goes_after_a_question_and_undo_brings_it_back(desk: Desk) -> None:
    desk.go_to("Estates")
    said: list[str] = []
    answer(lambda sheet: press(sheet, "Cancel"), said)
    tree = desk.workspace.library.tree
    desk.press_key(tree, Qt.Key.Key_Delete)
    assert "Estates" in said[0]
    assert "3 document" in said[0]
    assert desk.tree()["Estates"] == "3"
    answer(lambda sheet: press(sheet, "Remove 3"))
    desk.press_key(tree, Qt.Key.Key_Delete)
    desk.wait(lambda: "Estates" not in desk.tree())
    assert not desk.has(WILL)
    assert desk.workspace.library.place == ALL
    desk.workspace.library.notice.press()
    desk.wait(lambda: desk.tree().get("Estates") == "3")
    desk.wait(lambda: desk.has(WILL) and desk.has(DEED) and desk.has(CODICIL))
    desk.wait(lambda: not desk.is_reading)


def test_the_selection_outlives_what_is_read_meanwhile(desk: Desk, tmp_path: Path) -> None:
    desk.select(LEASE, WILL)
    desk.add([make_pdf(tmp_path / "Another.pdf", ["Another paper."])], "Patients")
    desk.wait(lambda: desk.has("Another.pdf"))
    assert {row.name for row in desk.workspace.library.selected()} == {LEASE, WILL}


def test_moving_the_place_that_is_looked_at_keeps_the_reader_there(desk: Desk) -> None:
    desk.go_to("Matters/Smith")
    model = desk.workspace.library.collections
    drop_on(desk, model.mimeData([model.index_of("Matters/Smith")]), "Patients")
    desk.wait(lambda: "Patients/Smith" in desk.tree())
    desk.wait(lambda: desk.row(LEASE).collections == ("Patients/Smith",))
    assert desk.workspace.library.place == "Patients/Smith"
    assert desk.shown() == [LEASE, RENT]
    drop_on(desk, model.mimeData([model.index_of("Patients/Smith")]), "Matters")
    desk.wait(lambda: desk.row(LEASE).collections == ("Matters/Smith",))
    desk.wait(lambda: "Matters/Smith" in desk.tree())
