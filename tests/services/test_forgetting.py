"""What was forgotten is nowhere, what was kept is there, and a trace that is left is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop_rag import config, wiring
from desktop_rag.domain import Forgotten, Scope
from desktop_rag.errors import LibraryBusy, UnknownCollection
from desktop_rag.privacy import temporary
from desktop_rag.services import erasing, proving
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.proving import sought_in_files, words_of
from tests.support import finish, make_pdf

CANARIES = ("zanzibarette", "honoluluword", "kiribatissimo", "montevideano", "ouagadougian")


@dataclass(frozen=True)
class Home:
    assistant: Assistant
    files: Path
    folder: Path

    def holders(self, word: str) -> set[str]:
        """The program's files that hold the word in plain bytes."""
        files = erasing.files_left(self.folder / "library", self.folder)
        return {file.name for file in files if word.encode() in file.read_bytes().lower()}

    def is_in_index(self, word: str) -> bool:
        passages = self.assistant.retriever.retrieve(word).passages
        return any(word in passage.chunk.text.casefold() for passage in passages)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Two collections, one to be forgotten, with all that may hang on it."""
    text, name, question, attached, collection = CANARIES
    files, folder = tmp_path / "files", tmp_path / "data"
    for place in (files, files / "smith", files / "doe", folder):
        place.mkdir()
    make_pdf(files / "smith" / f"{name} lease.pdf", [f"The tenant keeps the {text} boiler."])
    make_pdf(files / "doe" / "roof.pdf", ["The landlord maintains the corrugated roof."])
    mail = EmailMessage()
    mail["Subject"] = "A lease"
    content = make_pdf(tmp_path / "attached", [f"It was sold with the {attached}."]).read_bytes()
    mail.add_attachment(content, maintype="application", subtype="pdf", filename="sold.pdf")
    (files / "smith" / "mail.eml").write_bytes(mail.as_bytes())
    settings = config.Settings(folder, folder / "library", answers="quoted")
    assistant = wiring.build(settings)
    smith = f"Matters/{collection}"
    finish(assistant.library.add([files / "smith"], collection=smith))
    finish(assistant.library.add([files / "doe"], collection="Doe"))
    assistant.watching.watch(files / "smith", smith)
    assistant.watching.watch(files / "doe", "Doe")
    asked = f"Who keeps the {question} boiler?"
    finish(assistant.conversing.ask(asked, Scope(collection=smith), None))
    finish(assistant.conversing.ask(f"And the {question}?", Scope(), None))
    finish(assistant.conversing.ask("Who maintains the roof?", Scope(collection="Doe"), None))
    yield Home(assistant, files, folder)
    assistant.close()


def assert_proven(forgotten: Forgotten) -> None:
    assert forgotten.sought_words >= len(CANARIES)
    assert forgotten.files_searched > 3
    assert forgotten.found == ()


def test_a_collection_is_gone_with_all_that_hangs_on_it(home: Home) -> None:
    for canary in CANARIES[:4]:
        assert home.holders(canary) or home.is_in_index(canary), canary
    one = home.assistant
    forgotten = one.forget_collection("Matters")
    assert (forgotten.documents, forgotten.conversations, forgotten.folders) == (2, 2, 1)
    assert_proven(forgotten)
    for canary in CANARIES:
        assert home.holders(canary) == set()
        assert not home.is_in_index(canary)
    assert [entry.path.name for entry in one.library.documents()] == ["roof.pdf"]
    assert one.library.collections() == {"Doe": 1}
    assert [turn.question for turn in one.history.latest_turns(9)] == ["Who maintains the roof?"]
    assert [folder.collection for folder in one.watching.watched()] == ["Doe"]
    assert one.library.verify() == []
    assert sorted(path.name for path in (home.files / "smith").iterdir()) == [
        f"{CANARIES[1]} lease.pdf",
        "mail.eml",
    ]


def test_what_another_collection_shows_too_stays_there_and_is_no_false_alarm(home: Home) -> None:
    lease = home.files / "smith" / f"{CANARIES[1]} lease.pdf"
    copy = home.files / "doe" / "copy.pdf"
    copy.write_bytes(lease.read_bytes())
    finish(home.assistant.library.add([copy], collection="Doe"))
    forgotten = home.assistant.forget_collection("Matters")
    assert forgotten.documents == 1  # what came with the mail
    assert forgotten.found == ()
    assert home.is_in_index(CANARIES[0])
    assert home.holders(CANARIES[1]) == set()
    assert sorted(entry.path.name for entry in home.assistant.library.documents()) == [
        "copy.pdf",
        "roof.pdf",
    ]


def test_everything_is_gone_but_models_settings_and_what_is_not_ours(home: Home) -> None:
    library = home.folder / "library"
    kept = (home.folder / "models" / "mine", home.folder / "settings.toml", library / "mine.pdf")
    erased = (
        library / "vaults" / "one" / "sealed",
        library / "damaged-index-20250101" / "part",
        home.folder / "logs" / "engine.log",
        home.folder / "window.json",
    )
    for file in (*kept, *erased):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("zanzibarette" if file in erased else "threads = 0\n")
    forgotten = home.assistant.forget_all()
    assert (forgotten.documents, forgotten.conversations, forgotten.folders) == (3, 3, 2)
    assert forgotten.sought_words >= len(CANARIES)
    assert forgotten.found == ()
    assert forgotten.files_searched >= 1  # the settings
    left = {path for path in home.folder.rglob("*") if path.is_file()}
    assert left == {*kept, library / "write.lock"}
    assert len(list((home.files / "smith").iterdir())) == 2


def test_a_damaged_library_is_erased_all_the_same(tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "ledger.sqlite3").write_bytes(b"zanzibarette" * 1000)
    forgotten = wiring.build(config.Settings(tmp_path, library)).forget_all()
    assert forgotten.sought_words == 0
    assert [path.name for path in library.iterdir()] == ["write.lock"]


def test_all_is_refused_while_another_program_has_the_library_open(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = home.folder / "library"
    (library / temporary.FOLDER / "1-held").mkdir(parents=True)
    monkeypatch.setattr(temporary, "clear", lambda place: None)  # as if it were locked
    with pytest.raises(LibraryBusy):
        home.assistant.forget_all()
    assert (library / "ledger.sqlite3").exists()


def test_an_unknown_collection_is_refused(home: Home) -> None:
    with pytest.raises(UnknownCollection):
        home.assistant.forget_collection("Nobody")
    assert len(home.assistant.library.documents()) == 3


def test_the_programs_own_words_are_no_false_alarm(tmp_path: Path) -> None:
    """A document that is made of what the files of an empty library are made of."""
    one = wiring.build(config.Settings(tmp_path, tmp_path / "library"))
    own = sorted(proving._OWN_WORDS)  # noqa: SLF001
    first = make_pdf(tmp_path / "first.pdf", ["The corrugated roof."])
    finish(one.library.add([first], collection="First"))
    found = re.compile(rb"[A-Za-z]{7,}")
    metadata = {
        word.decode().lower()
        for file in erasing.files_left(tmp_path / "library", tmp_path)
        for word in found.findall(file.read_bytes())
    }
    pages = [
        " ".join(some[n : n + 6])
        for some in (own, sorted(metadata))
        for n in range(0, len(some), 6)
    ]
    second = make_pdf(
        tmp_path / "second.pdf", ["\n".join(pages[n : n + 30]) for n in range(0, len(pages), 30)]
    )
    finish(one.library.add([second], collection="Second"))
    forgotten = one.forget_collection("Second")
    one.close()
    assert forgotten.found == ()


@pytest.mark.parametrize(
    "content",
    [
        b"a zanzibarette b",
        b"ZANZIBARETTE",
        "zanzibarette".encode("utf-16-le"),
        b"x" * ((16 << 20) - 6) + b"zanzibarette",
    ],
)
def test_a_word_that_is_left_is_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "left").write_bytes(content)
    (tmp_path / "other").write_bytes(b"nothing")
    files = sorted(tmp_path.iterdir())
    count, found = sought_in_files(["zanzibarette", "kiribatissimo"], files)
    assert count == 2
    assert [(trace.file, trace.word) for trace in found] == [("left", "zanzibarette")]


def test_letters_with_accents_are_found_as_json_writes_them(tmp_path: Path) -> None:
    (tmp_path / "left").write_text(r'{"text":"pr\u00e9judice"}')
    _, found = sought_in_files(["préjudice"], [tmp_path / "left"])
    assert [trace.word for trace in found] == ["préjudice"]


def test_no_word_is_sought_that_something_kept_holds() -> None:
    texts = ["The zanzibarette boiler clauses", "boilers of the kiribatissimo"]
    words = words_of(texts, ["Zanzibarette lease.pdf"], "unzanzibaretted, ouagadougian")
    assert words == ["zanzibarette lease.pdf", "clauses", "boilers", "kiribatissimo"]
