"""The list of documents with 20,000 rows: what is shown, what is told, what stays selected."""

import random
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_rag.config import resources_folder
from desktop_rag.domain import (
    AddedFile,
    AddStatus,
    Document,
    DocumentFile,
    DocumentStatus,
    LibraryEntry,
)
from desktop_rag.ui.documents_model import (
    DOCUMENTS_MIME,
    Column,
    DocumentFilter,
    DocumentRow,
    DocumentsModel,
    row_of,
    row_of_refused,
)
from desktop_rag.ui.documents_view import DocumentsView, second_line
from desktop_rag.ui.icons import Icons
from desktop_rag.ui.models import VALUE_ROLE
from desktop_rag.ui.parts import as_tooltip
from desktop_rag.ui.theme import LIGHT, Look

MANY = 20_000
NAMES = ("عقد الإيجار.pdf", "חוזה שכירות.pdf", "賃貸契約書.pdf", "租赁合同 2021.pdf", "Ärger.pdf")


def row(
    number: int,
    name: str = "",
    *,
    status: DocumentStatus = DocumentStatus.READY,
    collection: str = "Matters/Smith",
    pages: int = 3,
    ocr: int = 0,
) -> DocumentRow:
    key = f"{number:016x}"
    day = f"20{number % 90 + 10}-03-01T10:00:00+00:00"
    document = Document(key, key * 4, status, pages, 1, "", ocr > 0, day)
    file = DocumentFile(Path(f"/documents/{name or f'Lease {number:05}.pdf'}"), key, collection)
    return row_of(LibraryEntry(document, (file,), ocr))


@cache
def many() -> list[DocumentRow]:
    return [row(number) for number in range(MANY)]


def names(model: DocumentsModel) -> list[str]:
    return [str(model.index(i, 0).data()) for i in range(model.rowCount())]


@pytest.fixture
def icons(qtbot: QtBot) -> Icons:
    return Icons(resources_folder() / "icons", LIGHT)


@pytest.fixture
def model(icons: Icons) -> DocumentsModel:
    return DocumentsModel(icons)


@pytest.fixture
def view(qtbot: QtBot, icons: Icons, model: DocumentsModel) -> DocumentsView:
    model.put(many())
    view = DocumentsView(model, icons, Look(LIGHT, 100))
    qtbot.addWidget(view)
    view.resize(300, 600)
    view.show()
    return view


def select(view: DocumentsView, first: int, last: int) -> None:
    model = view.model()
    chosen = QItemSelection(model.index(first, 0), model.index(last, 0))
    flag = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(chosen, flag.ClearAndSelect | flag.Rows)


def test_one_of_20_000_is_found_by_words_of_its_name(model: DocumentsModel) -> None:
    model.put([*many(), row(MANY, "Doe v. Harbour Estates.pdf")])
    model.set_filter(DocumentFilter("HARBOUR doe"))
    assert names(model) == ["Doe v. Harbour Estates.pdf"]
    model.set_filter(DocumentFilter("harbour nobody"))
    assert model.rowCount() == 0
    model.set_filter(DocumentFilter())
    assert model.rowCount() == MANY + 1


def test_a_small_change_is_told_row_by_row(qtbot: QtBot, model: DocumentsModel) -> None:
    model.put(many())
    with qtbot.assertNotEmitted(model.modelReset):
        with qtbot.waitSignal(model.rowsInserted) as inserted:
            model.put([row(MANY, "Lease 00007b.pdf")])
        assert inserted.args[1:] == [8, 8]
        with qtbot.waitSignal(model.rowsRemoved) as removed:
            model.drop([row(3).key])
        assert removed.args[1:] == [3, 3]
        with qtbot.waitSignal(model.dataChanged) as changed:
            model.put([row(5, status=DocumentStatus.NEEDS_PASSWORD)])
        assert {changed.args[0].row(), changed.args[1].row()} == {4}
    assert names(model)[:9] == [
        *(f"Lease {number:05}.pdf" for number in (0, 1, 2, 4, 5, 6, 7)),
        "Lease 00007b.pdf",
        "Lease 00008.pdf",
    ]


def test_a_large_change_is_told_once(qtbot: QtBot, model: DocumentsModel) -> None:
    model.put([row(number) for number in range(10)])
    with qtbot.assertNotEmitted(model.rowsInserted), qtbot.waitSignal(model.modelReset):
        model.put(many()[10:])
    assert model.rowCount() == MANY


@pytest.mark.parametrize("seed", range(4))
def test_what_is_shown_is_always_what_passes_the_filter_in_order(
    model: DocumentsModel, seed: int
) -> None:
    chance = random.Random(seed)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    known: dict[str, DocumentRow] = {}
    wanted = DocumentFilter()
    descending = False
    for _ in range(50):
        act = chance.random()
        if act < 0.5:
            made = [
                row(
                    chance.randrange(300),
                    f"{chance.choice(NAMES)}{chance.randrange(40)}",
                    status=chance.choice(list(DocumentStatus)),
                )
                for _ in range(chance.choice((1, 2, 80)))
            ]
            known |= {one.key: one for one in made}
            model.put(made)
        elif act < 0.7:
            gone = chance.sample(sorted(known), min(len(known), chance.choice((1, 3, 90))))
            for key in gone:
                del known[key]
            model.drop(gone)
        elif act < 0.85:
            wanted = DocumentFilter(chance.choice(("", "1", "pdf 2")), "", chance.random() < 0.5)
            model.set_filter(wanted)
        else:
            descending = chance.random() < 0.5
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            model.sort(Column.NAME, order)
        expected = sorted(
            wanted.pick(list(known.values())),
            key=lambda one: (one.name.casefold(), one.key),
            reverse=descending,
        )
        shown = [model.index(i, 0).data(VALUE_ROLE) for i in range(model.rowCount())]
        assert shown == expected


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (Column.NAME, Qt.SortOrder.AscendingOrder, "abc"),
        (Column.NAME, Qt.SortOrder.DescendingOrder, "cba"),
        (Column.STATUS, Qt.SortOrder.AscendingOrder, "bac"),
        (Column.PAGES, Qt.SortOrder.DescendingOrder, "bca"),
        (Column.SCANNED, Qt.SortOrder.AscendingOrder, "abc"),
        (Column.ADDED, Qt.SortOrder.AscendingOrder, "bca"),
    ],
)
def test_each_column_sorts_by_its_values(
    model: DocumentsModel, column: Column, order: Qt.SortOrder, expected: str
) -> None:
    model.put(
        [
            row(30, "a", pages=2),
            row(10, "B", pages=12, status=DocumentStatus.NEEDS_PASSWORD),
            row(20, "c", pages=9, ocr=4),
        ]
    )
    model.sort(column, order)
    assert "".join(names(model)).lower() == expected


def test_a_collection_shows_what_is_below_it_and_not_its_namesake(model: DocumentsModel) -> None:
    model.put(
        [
            row(1, collection="Matters"),
            row(2, collection="Matters/Smith"),
            row(3, collection="Matters 2"),
        ]
    )
    model.set_filter(DocumentFilter(collection="Matters"))
    assert names(model) == ["Lease 00001.pdf", "Lease 00002.pdf"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_are_shown_found_and_said(model: DocumentsModel, name: str) -> None:
    model.put([row(number, other) for number, other in enumerate(NAMES)])
    model.set_filter(DocumentFilter(name.split(".")[0].split()[-1]))
    assert names(model) == [name]
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"{name}, Ready, 3 page")


@pytest.mark.parametrize(("typed", "stored"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_an_accent_is_found_however_the_file_system_writes_it(
    model: DocumentsModel, typed: str, stored: str
) -> None:
    model.put([row(1, unicodedata.normalize(stored, "Kündigung.pdf")), row(2)])  # type: ignore[arg-type]
    model.set_filter(DocumentFilter(unicodedata.normalize(typed, "kündi")))  # type: ignore[arg-type]
    assert model.rowCount() == 1


def test_trouble_is_said_in_words_with_an_icon_of_its_own(model: DocumentsModel) -> None:
    model.put([row(1, status=DocumentStatus.NEEDS_PASSWORD), row(2)])
    locked, fine = model.index(0, 0), model.index(1, 0)
    assert model.index(0, Column.STATUS).data() == "Needs a password"
    assert "Needs a password" in locked.data(Qt.ItemDataRole.AccessibleTextRole)
    assert second_line(locked.data(VALUE_ROLE)).startswith("Needs a password")
    pictures = [
        index.data(Qt.ItemDataRole.DecorationRole).pixmap(16, 16).toImage()
        for index in (locked, fine)
    ]
    assert pictures[0] != pictures[1]


def test_the_tooltip_is_the_reason_or_else_the_place(model: DocumentsModel) -> None:
    broken = replace(row(1, status=DocumentStatus.UNREADABLE), message="The file is damaged.")
    model.put([broken, row(2)])
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == as_tooltip("The file is damaged.")
    place = model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert place == as_tooltip(str(Path("/documents/Lease 00002.pdf")))


def test_dragged_rows_are_named_once_each(model: DocumentsModel) -> None:
    model.put([row(1), row(2)])
    cells = [model.index(line, column) for line in (0, 1) for column in (0, 1)]
    content = bytes(model.mimeData(cells).data(DOCUMENTS_MIME).data()).decode()
    assert content.split("\n") == [row(1).key, row(2).key]


def test_refused_files_stay_when_the_library_is_listed_anew(model: DocumentsModel) -> None:
    refused = AddedFile(Path("/x/notes.txt"), "", AddStatus.UNREADABLE, message="No PDF.")
    model.put([row(1), row(2), row_of_refused(refused)])
    model.keep_only({row(2).key})
    assert names(model) == ["Lease 00002.pdf", "notes.txt"]
    assert model.attention_count() == 1


def test_the_selection_outlives_small_and_large_updates(view: DocumentsView) -> None:
    model = view.model()
    assert isinstance(model, DocumentsModel)
    select(view, 100, 599)
    before = [one.key for one in view.selected()]
    model.put([row(MANY, "Lease 00300b.pdf")])
    assert [one.key for one in view.selected()] == before
    model.put([row(number) for number in range(MANY + 1, MANY + 200)])
    assert [one.key for one in view.selected()] == before
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert {one.key for one in view.selected()} == set(before)


def test_the_keyboard_stays_at_its_row_through_a_large_update(view: DocumentsView) -> None:
    model = view.model()
    assert isinstance(model, DocumentsModel)
    view.setCurrentIndex(model.index(7000, 0))
    model.put([row(number, f"A {number}.pdf") for number in range(MANY, MANY + 200)])
    assert view.currentIndex().data() == "Lease 07000.pdf"


def test_it_is_told_when_an_update_takes_the_selection_away(
    qtbot: QtBot, view: DocumentsView
) -> None:
    model = view.model()
    assert isinstance(model, DocumentsModel)
    select(view, 0, 199)
    gone = [one.key for one in view.selected()]
    with qtbot.waitSignal(view.selectionModel().selectionChanged, timeout=1000):
        model.drop(gone)
    assert view.selected() == []


def test_two_lines_where_it_is_narrow_and_columns_where_there_is_room(
    qtbot: QtBot, view: DocumentsView
) -> None:
    qtbot.waitUntil(lambda: not view.is_table)
    assert view.isHeaderHidden()
    assert view.isColumnHidden(Column.STATUS)
    tall = view.sizeHintForIndex(view.model().index(0, 0)).height()
    view.resize(700, 600)
    qtbot.waitUntil(lambda: view.is_table)
    assert not view.isHeaderHidden()
    assert not view.isColumnHidden(Column.STATUS)
    assert view.sizeHintForIndex(view.model().index(0, 0)).height() < tall


@pytest.mark.parametrize("width", [200, 700])
def test_rows_of_every_script_are_drawn(
    qtbot: QtBot, icons: Icons, model: DocumentsModel, width: int
) -> None:
    model.put([row(number, f"{name} {'長い' * 80}") for number, name in enumerate(NAMES)])
    view = DocumentsView(model, icons, Look(LIGHT, 200))
    qtbot.addWidget(view)
    view.resize(width, 600)
    view.show()
    blank = view.grab().toImage()
    model.put([row(0, "Z", status=DocumentStatus.NO_TEXT)])
    assert view.grab().toImage() != blank
