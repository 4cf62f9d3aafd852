"""What the reader process cannot do, and what is made of its replies: the hostile side of it."""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, NameObject, NumberObject

from desktop_rag.adapters import untrusted_replies
from desktop_rag.adapters.isolated_reader import IsolatedPageReader
from desktop_rag.adapters.page_reader import MOST_FILE_BYTES
from desktop_rag.adapters.reader_limits import ReaderLimits
from desktop_rag.adapters.reader_link import ReaderLink
from desktop_rag.adapters.reader_requests import ReadRequest
from desktop_rag.domain import PageMethod, ReadDocument
from desktop_rag.errors import ReaderDied, UnreadableDocument
from tests.support import finish, make_pdf

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")


class Misbehaviour:
    """A request that runs a line of Python in the reader as it arrives there.

    The reader is then asked for a file that is called like what came of it, and complains of it.
    """

    path = Path("misbehaviour.pdf")

    def __init__(self, line: str, folder: Path) -> None:
        self._code = (
            "exec('''\n"
            "import ctypes, os, socket, subprocess, threading, time\n"
            "from pathlib import Path\n"
            "from desktop_rag.adapters.reader_requests import ReadRequest\n"
            "try:\n"
            f"    outcome = {line}\n"
            "except BaseException as error:\n"
            "    outcome = type(error).__name__\n"
            f"request = ReadRequest(Path({str(folder)!r}) / str(outcome), (), False, 1)\n"
            "''') or request"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (self._code, {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kept.txt").write_text("kept")
    return tmp_path


def outcome(line: str, folder: Path) -> str:
    """What the reader says came of a line of Python that runs in it."""
    link = ReaderLink(lambda: 1, ReaderLimits())
    try:
        link.send(Misbehaviour(line, folder))  # type: ignore[arg-type]
        with pytest.raises(UnreadableDocument) as refusal:
            link.receive(folder, 30.0)
        return refusal.value.message.split(" cannot be opened")[0]
    finally:
        link.close()


@linux
@pytest.mark.parametrize(
    "line",
    [
        "os.execv('/bin/true', ['true'])",
        "subprocess.run(['/bin/true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        "os.open('kept.txt', os.O_WRONLY)",
        "Path(FOLDER, 'kept.txt').write_text('spoilt')",
        "Path(FOLDER, 'kept.txt').unlink()",
        "Path(FOLDER, 'kept.txt').rename(Path(FOLDER, 'moved.txt'))",
        "os.truncate(Path(FOLDER, 'kept.txt'), 0)",
        "Path(FOLDER, 'new').mkdir()",
        "os.chmod(Path(FOLDER, 'kept.txt'), 0o777)",
        "socket.socket(socket.AF_INET)",
    ],
)
def test_the_reader_starts_nothing_and_changes_nothing(line: str, folder: Path) -> None:
    assert outcome(line.replace("FOLDER", repr(str(folder))), folder) == "PermissionError"
    assert (folder / "kept.txt").read_text() == "kept"
    assert [file.name for file in folder.iterdir()] == ["kept.txt"]


@linux
@pytest.mark.parametrize(
    ("number", "arguments"), [(56, (17, 0, 0, 0, 0)), (101, (16, 1, 0, 0)), (272, (0x10000000,))]
)
def test_raw_calls_of_the_kernel_are_refused_too(
    number: int, arguments: tuple[int, ...], folder: Path
) -> None:
    if os.uname().machine != "x86_64":
        pytest.skip("the numbers are those of x86-64")
    call = f"ctypes.CDLL(None, use_errno=True).syscall{(number, *arguments)}"
    line = f"({call}, os.getpid(), ctypes.get_errno())[::2]"
    assert outcome(line, folder) == "(-1, 1)"


@linux
def test_the_reader_may_still_start_threads_and_read_files(folder: Path) -> None:
    kept = str(folder / "kept.txt")
    assert outcome("threading.Thread(target=time.time).start() or 'started'", folder) == "started"
    assert outcome(f"open({kept!r}).read()", folder) != "PermissionError"


@linux
def test_a_reader_that_computes_for_ever_is_killed_and_says_why(tmp_path: Path) -> None:
    link = ReaderLink(lambda: 1, ReaderLimits(cpu_s=1))
    link.send(Misbehaviour("[None for _ in iter(int, 1)]", tmp_path))  # type: ignore[arg-type]
    # What runs on arrival comes before the budget is set, so the second request has it.
    link.close()
    link.send(ReadRequest(make_pdf(tmp_path / "a.pdf", ["One."]), (), False, 1, look=False))
    assert link.receive(tmp_path / "a.pdf", 30.0) == {"pages": 1}
    link.receive(tmp_path / "a.pdf", 30.0)
    link.send(Misbehaviour("[None for _ in iter(int, 1)]", tmp_path))  # type: ignore[arg-type]
    with pytest.raises(ReaderDied, match="seconds of computing"):
        link.receive(tmp_path / "a.pdf", 30.0)


def read(reader: IsolatedPageReader, path: Path, *, ocr: bool = False) -> ReadDocument:
    return finish(reader.read(path, passwords=(), ocr=ocr))


def process_id(reader: IsolatedPageReader) -> int | None:
    return reader._link.process_id  # noqa: SLF001 - which process reads is the point


def test_a_reader_is_replaced_after_its_number_of_files(tmp_path: Path) -> None:
    reader = IsolatedPageReader(1, ReaderLimits(files=2))
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    processes = []
    for _ in range(5):
        assert read(reader, file).pages[0].text == "One."
        processes.append(process_id(reader))
    reader.close()
    assert [processes.index(one) for one in processes] == [0, 0, 2, 2, 4]


def test_a_reader_is_replaced_after_a_damaged_file(tmp_path: Path) -> None:
    reader = IsolatedPageReader(1)
    file = make_pdf(tmp_path / "a.pdf", ["One."])
    (tmp_path / "noise.pdf").write_bytes(bytes(range(256)) * 40)
    read(reader, file)
    first = process_id(reader)
    with pytest.raises(UnreadableDocument):
        read(reader, tmp_path / "noise.pdf")
    assert read(reader, file).pages[0].text == "One."
    assert process_id(reader) != first
    reader.close()


def test_a_document_that_takes_too_long_keeps_the_pages_that_were_read(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf", [f"Page {n}. " + "word " * 3000 for n in range(1, 200)])
    whole = IsolatedPageReader(1)
    started = time.monotonic()
    read(whole, file)
    took_s = time.monotonic() - started
    whole.close()
    limits = ReaderLimits(document_timeout_s=took_s / 3, document_page_s=0.0)
    reader = IsolatedPageReader(1, limits)
    steps = reader.read(file, passwords=(), ocr=False)
    next(steps)
    time.sleep(took_s / 2)  # a pause of ours is not the reader's
    pages = finish(steps).pages
    reader.close()
    methods = [page.method for page in pages]
    count = methods.count(PageMethod.PDFIUM)
    assert len(pages) == 199
    assert 1 < count < 199
    assert methods == [PageMethod.PDFIUM] * count + [PageMethod.UNREADABLE] * (199 - count)
    assert "as a whole" in pages[-1].reason


def test_the_time_for_a_document_grows_with_its_pages_up_to_a_ceiling() -> None:
    limits = ReaderLimits()
    assert limits.document_s(1) < limits.document_s(100) <= limits.most_document_s
    assert limits.document_s(50_000) == limits.most_document_s


def test_a_file_that_is_too_large_is_refused_in_words(tmp_path: Path) -> None:
    with (tmp_path / "vast.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(MOST_FILE_BYTES + 1)
    reader = IsolatedPageReader(1)
    with pytest.raises(UnreadableDocument, match="larger than 4 GB"):
        read(reader, tmp_path / "vast.pdf")
    reader.close()


@pytest.mark.parametrize(
    "size", [(0, 0), (1, 1_000_000), (1_000_000, 1), (14_400, 14_400), (10**9, 10**9), (-5, 7)]
)
def test_pages_of_absurd_size_are_read_and_drawn_or_refused(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    file = make_pdf(tmp_path / "a.pdf", ["The boiler is in the cellar.", "Two."])
    writer = pypdf.PdfWriter(file)
    box = ArrayObject([NumberObject(side) for side in (0, 0, *size)])
    writer.pages[0][NameObject("/MediaBox")] = box
    writer.write(file)
    reader = IsolatedPageReader(2)
    pages = read(reader, file, ocr=True).pages
    assert pages[1].text == "Two."
    assert pages[0].text or pages[0].reason or pages[0].method is PageMethod.BLANK
    frame = reader.frames(file, passwords=())[0]
    assert frame.width > 0 < frame.height
    try:
        image = reader.render(file, 1, scale=4.0)
    except UnreadableDocument as error:
        assert "damaged" in error.message  # noqa: PT017 - either end is right
    else:
        assert image.width * image.height <= 41_000_000
    assert reader.render(file, 2, scale=1.0).width > 500
    reader.close()


PAGE: dict[str, Any] = {
    "number": 1, "label": "1", "text": "Some words", "method": "ocr", "reason": "",
    "boxes": [{"start": 0, "length": 4, "left": 1.0, "top": 1.0, "width": 9.0, "height": 9.0}],
}  # fmt: skip
BOX = PAGE["boxes"][0]


@pytest.mark.parametrize(
    "lie",
    [
        {"number": True},
        {"number": 1.0},
        {"method": []},
        {"method": "magic"},
        {"method": "blank"},
        {"method": "unreadable"},
        {"text": None},
        {"text": "x" * (untrusted_replies.MOST_PAGE_CHARACTERS + 1)},
        {"label": 7},
        {"reason": ["x"]},
        {"boxes": None},
        {"boxes": [BOX] * 11},
        {"boxes": [BOX, BOX]},
        {"boxes": [BOX | {"left": float("nan")}]},
        {"boxes": [BOX | {"left": 10**400}]},
        {"boxes": [BOX | {"width": float("inf")}]},
        {"boxes": [BOX | {"height": -1}]},
        {"boxes": [BOX | {"start": True}]},
        {"boxes": [BOX | {"length": 0}]},
        {"boxes": [BOX | {"length": 11}]},
    ],
)
def test_a_page_that_makes_no_sense_is_not_taken(lie: dict[str, Any]) -> None:
    assert untrusted_replies.checked_page(PAGE, 1) is not None
    assert untrusted_replies.checked_page(PAGE | lie, 1) is None


def test_what_is_too_long_for_a_line_is_cut_and_half_characters_are_replaced() -> None:
    wild = PAGE | {"label": "\ud800" * 99, "reason": "r\udfff" * 9999, "text": "Some\ud800words"}
    page = untrusted_replies.checked_page(wild, 1)
    assert page is not None
    assert page.text == "Some\ufffdwords"
    assert page.label == "\ufffd" * 40
    assert len(page.reason) == 500
    for text in (page.text, page.label, page.reason):
        text.encode()


@pytest.mark.parametrize("count", [True, 0, -1, 1.0, "2", None])
def test_a_number_of_pages_is_a_number(count: object) -> None:
    assert untrusted_replies.checked_count(count) is None


@pytest.mark.parametrize(
    "reply",
    [
        b"[" * 100_000,
        b"7",
        b'{"error": "unreadable", "message": 5, "hint": ""}',
        b'{"pages": ' + b"9" * 5000 + b"}",
    ],
)
def test_replies_that_are_no_replies_are_nonsense(
    tmp_path: Path, reply: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = ReaderLink(lambda: 1, replace(ReaderLimits(), files=1))
    monkeypatch.setattr(link, "receive_bytes", lambda path, timeout_s: reply)
    with pytest.raises(UnreadableDocument, match="nonsense"):
        link.receive(tmp_path, 1.0)
