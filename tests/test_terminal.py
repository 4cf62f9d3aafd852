"""The terminal contract, by starting the program as a user does."""

import json
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.support import Run, make_pdf, run_program, start_program

NOTICE = "How much notice must the tenant give to end the lease?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a library of the lease and the fax."""
    folder = tmp_path_factory.mktemp("home")
    done = run_program(
        "add", SAMPLES / "Lease 2021.pdf", SAMPLES / "Laboratory fax.pdf", "--json", home=folder
    )
    assert done.code == 0, done.err
    return folder


def both(home: Path) -> list[str]:
    """The scope of the two documents, whatever other tests have added."""
    known = ids(home)
    return ["--document", known["Lease 2021.pdf"], "--document", known["Laboratory fax.pdf"]]


def ids(home: Path) -> dict[str, str]:
    listed = run_program("documents", "--json", home=home).json["documents"]
    return {Path(entry["path"]).name: entry["document_id"] for entry in listed}


def one_line(run: Run) -> str:
    """The error message; it must be one line with a remedy."""
    (line,) = run.err.strip().splitlines()
    assert line.startswith("error: ")
    assert run.out == ""
    return line


def test_add_reports_every_file(home: Path, tmp_path: Path) -> None:
    make_pdf(tmp_path / "locked.pdf", ["Secret."], encrypt="swordfish")
    make_pdf(tmp_path / "new.pdf", ["The fence is four feet high."])
    done = run_program("--json", "add", tmp_path, "--collection", "Fences", home=home)
    assert done.code == 3
    rows = {Path(row["path"]).name: row for row in done.json["documents"]}
    assert rows["locked.pdf"]["status"] == "needs_password"
    assert rows["locked.pdf"]["message"]
    assert rows["new.pdf"]["status"] == "ready"
    assert set(rows["new.pdf"]) == {
        "path", "document_id", "status", "pages", "ocr_pages", "unreadable_pages", "chunks",
        "message",
    }  # fmt: skip
    (tmp_path / "passwords").write_text("wrong\nswordfish\n")
    again = run_program(
        "add", tmp_path, "--password-file", tmp_path / "passwords", "--json", home=home
    )
    assert again.code == 0
    assert [row["status"] for row in again.json["documents"]] == ["ready", "unchanged"]
    found = run_program("collections", "--json", home=home).json["collections"]
    assert {"name": "Fences", "documents": 2} in found


def test_search_gives_passages_ranks_evidence_and_times(home: Path) -> None:
    done = run_program("search", NOTICE, "--top", "3", "--json", home=home)
    assert done.code == 0
    best = done.json["passages"][0]
    assert Path(best["path"]).name == "Lease 2021.pdf"
    assert len(best["pages"]) == len(best["page_labels"])
    assert set(best["ranks"]) == {"dense", "keyword", "fused", "rerank"}
    assert set(best["evidence"][0]) == {"page", "start", "length", "text"}
    assert set(done.json["milliseconds"]) == {"embed", "search", "rerank", "total"}
    assert len(done.json["passages"]) == 3
    assert done.json["coverage"]["searched"] >= 2


def test_nothing_is_left_outside_of_the_library(home: Path, tmp_path: Path) -> None:
    """Libraries like to leave caches, and identifiers of their users."""
    scan = SAMPLES / "Laboratory fax.pdf"
    variables = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR")
    folders = {variable: tmp_path / variable for variable in variables}
    for folder in folders.values():
        folder.mkdir()
    more = {variable: str(folder) for variable, folder in folders.items()}
    for arguments in (["ask", NOTICE], ["add", scan, "--library", tmp_path / "library"]):
        program = start_program(*arguments, home=home, more=more)
        _, said = program.communicate()
        assert program.returncode == 0, said
    assert [path for folder in folders.values() for path in folder.rglob("*")] == []


def test_ask_cites_file_and_page(home: Path) -> None:
    done = run_program("ask", NOTICE, "--json", home=home)
    assert done.code == 0
    answer = done.json
    assert answer["status"] in ("answered", "evidence_only")
    cited = {
        (Path(item["path"]).name, page) for item in answer["citations"] for page in item["pages"]
    }
    assert ("Lease 2021.pdf", 4) in cited
    for sentence in answer["sentences"]:
        assert sentence["support"] in ("verified", "unsupported")
        assert all(0 < number <= len(answer["citations"]) for number in sentence["citations"])


def test_a_question_about_whole_documents_is_answered_by_a_table(home: Path) -> None:
    question = "Which documents mention the deposit?"
    scope = both(home)
    answer = run_program("ask", question, "--json", "--keep", *scope, home=home).json
    assert answer["status"] == "answered"
    (row,) = answer["table"]
    assert Path(row["path"]).name == "Lease 2021.pdf"
    assert "deposit" in row["quote"]
    assert row["citation"] == answer["citations"][0]["marker"]
    assert (answer["survey"]["documents"], answer["survey"]["holding"]) == (2, 1)
    assert [Path(path).name for path in answer["survey"]["without"]] == ["Laboratory fax.pdf"]
    record = run_program("record", str(answer["turn_id"]), "--json", home=home).json
    assert record["survey"]["without"] == ["Laboratory fax.pdf"]
    usual = run_program("ask", question, "--json", "--passages-only", home=home).json
    assert usual["survey"] is None
    assert usual["table"] == []


def test_a_table_is_printed_in_aligned_lines(home: Path) -> None:
    done = run_program("ask", "List all deadlines", *both(home), home=home)
    first, *lines = done.out.splitlines()
    assert first.startswith("Looked through all 2 documents.")
    rows = [line for line in lines if line.startswith("Lease 2021.pdf  p. ")]
    assert len(rows) >= 8
    assert len({line.index("“") for line in rows}) == 1
    assert lines[-1] == "Searched 2 documents."


def test_evaluate_reports_the_contracts_metrics(home: Path, tmp_path: Path) -> None:
    question = {
        "id": "q1",
        "question": NOTICE,
        "within": ["Lease 2021.pdf"],
        "relevant": [{"path": "Lease 2021.pdf", "page": 4, "grade": 1}],
        "answerable": True,
    }
    unanswerable = {"id": "q2", "question": "Who?", "relevant": [], "answerable": False}
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in (question, unanswerable)))
    report = run_program("evaluate", file, "--json", home=home).json
    assert report["questions"] == 1
    assert report["hit@5"] == 1.0
    assert list(report["runs"]) == ["q1"]
    assert set(report["runs"]["q1"][0]) == {"path", "page", "score"}
    assert set(report["milliseconds"]) == {"p50", "p95"}
    assert {"ndcg@10", "recall@50", "mrr@10", "precision@5"} <= set(report)


def test_remove_takes_a_document_out_and_leaves_its_file(home: Path, tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "gone.pdf", ["The Zanzibar clause."])
    run_program("add", file, home=home)
    done = run_program("remove", ids(home)["gone.pdf"], "--json", home=home)
    assert done.code == 0
    assert "gone.pdf" not in ids(home)
    assert file.exists()
    assert run_program("verify", home=home).code == 0


def test_the_machines_state_can_be_told(home: Path) -> None:
    check = run_program("privacy-check", "--json", home=home)
    assert check.code == 0
    assert check.json["ok"]
    names = {attempt["name"] for attempt in check.json["attempts"]}
    assert {"TCP", "Qt's socket", "LanceDB in a cloud", "model download"} <= names
    assert check.json["warnings"] == []
    if sys.platform == "linux":
        assert {one["role"] for one in check.json["processes"]} == {"terminal", "helper"}
        assert all(one["filtered"] for one in check.json["processes"])
    report = run_program("doctor", "--json", home=home).json
    assert report["library"]["state"] == "healthy"
    assert all("what it should be" in model["state"] for model in report["models"])
    listed = run_program("models", "list", "--json", home=home).json["models"]
    assert sum(model["in_use"] for model in listed) == 3
    assert run_program("models", "verify", home=home).code == 0


def test_a_library_in_a_synchronised_folder_is_warned_about(tmp_path: Path) -> None:
    library = tmp_path / "Cloud" / "library"
    (tmp_path / "Cloud").mkdir()
    (tmp_path / "Cloud" / ".dropbox.cache").mkdir()
    done = run_program("documents", "--library", library, "--json", home=tmp_path)
    assert done.code == 0
    assert done.json["documents"] == []
    assert done.err.count("by Dropbox") == 1
    assert "--library DIR" in done.err
    found = run_program("doctor", "--library", library, "--json", home=tmp_path).json
    assert "by Dropbox" in found["library"]["place"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add", "missing.pdf"], 1, "There is no file"),
        (["remove", "feedfeedfeedfeed"], 1, "desktop-rag documents"),
        (["search", "why", "--document", "feedfeedfeedfeed"], 1, "desktop-rag documents"),
        (["ask", "why", "--collection", "Nobody"], 1, "desktop-rag collections"),
        (["search", " "], 2, "question is empty"),
        (["evaluate", "missing.jsonl"], 2, "cannot be read"),
        (["add", "x.pdf", "--password-file", "missing"], 2, "password file"),
        (["models", "import", "missing"], 1, "Check the name"),
    ],
)
def test_bad_requests_get_one_line_with_a_remedy(
    home: Path, arguments: list[str], code: int, words: str
) -> None:
    done = run_program(*arguments, home=home)
    assert done.code == code
    assert words in one_line(done)


def test_a_folder_without_pdfs_is_named(home: Path, tmp_path: Path) -> None:
    done = run_program("add", tmp_path, home=home)
    assert done.code == 1
    assert "holds no PDF" in one_line(done)


def test_an_unknown_command_is_wrong_usage(home: Path) -> None:
    assert run_program("dance", home=home).code == 2


def test_errors_are_json_too_if_json_is_wanted(home: Path) -> None:
    done = run_program("remove", "feedfeedfeedfeed", "--json", home=home)
    assert done.code == 1
    assert done.json["error"]
    assert done.json["hint"]


@pytest.mark.parametrize(
    "arguments",
    [["search"], ["search", "q", "--top", "0"], ["dance"], ["models"], ["--library", "", "verify"]],
)
def test_wrong_usage_is_one_line_and_json_too(home: Path, arguments: list[str]) -> None:
    plain = run_program(*arguments, home=home)
    assert plain.code == 2
    one_line(plain)
    wanted = run_program("--json", *arguments, home=home)
    assert wanted.code == 2
    assert wanted.json["hint"]


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    make_pdf(tmp_path / "\x1b[31mx\nready: evil.pdf", ["The lease ends in May."])
    done = run_program("add", tmp_path, home=tmp_path / "home")
    assert done.code == 0
    assert "\x1b" not in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_an_unchanged_file_that_cannot_be_read_still_counts(tmp_path: Path) -> None:
    make_pdf(tmp_path / "blank.pdf", [""])
    for status in ("no_text", "unchanged"):
        done = run_program("add", tmp_path / "blank.pdf", "--json", home=tmp_path / "home")
        assert done.code == 3
        assert done.json["documents"][0]["status"] == status


def test_a_bad_setting_is_named_and_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    settings = tmp_path / "desktop-rag" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text("colour = 1")
    done = run_program("documents", home=tmp_path)
    assert done.code == 1
    assert "colour" in one_line(done)
    settings.write_text("not = = toml")
    done = run_program("documents", home=tmp_path)
    assert done.code == 0
    assert "settings.damaged-1.toml" in done.err


def test_an_altered_model_is_refused_and_the_library_kept(home: Path) -> None:
    own = home / "desktop-rag" / "models" / "minilm-l6-reranker"
    shutil.copytree(SAMPLES.parent / "models" / "minilm-l6-reranker", own)
    try:
        with (own / "tokenizer.json").open("a") as file:
            file.write(" ")
        done = run_program("ask", NOTICE, home=home)
        assert done.code == 1
        *warnings, error = done.err.strip().splitlines()
        assert error.startswith("error: ")
        assert "tokenizer.json" in error
        assert all(line.startswith("warning: ") for line in warnings)  # of the copy's open modes
    finally:
        shutil.rmtree(own)
    assert run_program("verify", home=home).code == 0


def test_ctrl_c_keeps_what_is_done_and_says_so(tmp_path: Path) -> None:
    count = 64  # more than wait in line together, so that some are stored while others are read
    for number in range(1, count + 1):
        pages = [f"Page {page} of file {number} binds the tenant {page}." for page in range(60)]
        make_pdf(tmp_path / f"{number:02}.pdf", pages)
    program = start_program("add", tmp_path, "--json", home=tmp_path / "home")
    assert program.stderr is not None
    assert program.stderr.readline().startswith("ready: 01.pdf")
    program.send_signal(signal.SIGINT)
    out, err = program.communicate()
    assert program.returncode == 1
    report = json.loads(out)
    assert report["stopped"]
    done = [row["path"] for row in report["documents"]]
    assert "Stopped" in err
    assert "Traceback" not in err
    listed = run_program("documents", "--json", home=tmp_path / "home").json["documents"]
    assert done
    assert set(done) <= {entry["path"] for entry in listed}  # a batch is stored, then reported
    assert len(listed) < count


def test_an_answer_is_kept_shown_with_all_it_came_from_and_written_again(home: Path) -> None:
    asked = run_program("ask", NOTICE, "--keep", "--json", home=home).json
    assert asked["status"] in ("answered", "evidence_only")
    assert asked["note"] == asked["detail"] == ""
    assert 0 < asked["evaluated_tokens"] <= asked["prompt_tokens"]
    key = str(asked["turn_id"])
    listed = run_program("record", "--json", home=home).json["answers"]
    assert {"turn_id": asked["turn_id"], "question": NOTICE}.items() <= listed[0].items()
    record = run_program("record", key, "--json", home=home).json
    assert record["question"] == NOTICE
    assert record["answer"] == asked["answer"]
    assert NOTICE in record["prompt"]["text"]
    again = run_program("replay", key, "--json", home=home)
    assert again.code == 0, again.out + again.err
    assert again.json == {
        "turn_id": asked["turn_id"], "same": True, "reason": "", "written": record["written"],
    }  # fmt: skip


def test_an_answer_that_is_not_kept_cannot_be_written_again(home: Path) -> None:
    gone = run_program("replay", "999999", home=home)
    assert gone.code == 1
    assert "not in the history" in one_line(gone)


def test_quotes_alone_and_what_replay_says_of_them(tmp_path: Path, home: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    settings = tmp_path / "home" / "desktop-rag" / "settings.toml"
    settings.write_text('answers = "quoted"\nlanguage_model = "nowhere"\n')
    asked = run_program("ask", NOTICE, "--keep", "--json", home=tmp_path / "home")
    assert asked.code == 0, asked.err
    assert asked.json["status"] == "evidence_only"
    assert asked.json["note"] == "quoted"
    assert "sixty" in asked.json["answer"]
    again = run_program("replay", str(asked.json["turn_id"]), "--json", home=tmp_path / "home")
    assert again.code == 1
    assert again.json["reason"].startswith("No model wrote this answer")


def test_a_language_model_that_is_not_there_leaves_the_evidence_and_is_named(
    tmp_path: Path, home: Path
) -> None:
    shutil.copytree(home, tmp_path / "home")
    settings = tmp_path / "home" / "desktop-rag" / "settings.toml"
    settings.write_text('language_model = "nowhere"\n')
    asked = run_program("ask", NOTICE, home=tmp_path / "home")
    assert asked.code == 0, asked.err
    assert "No language model is installed" in asked.out
    assert "nowhere" in asked.out
    assert "sixty (60) days" in " ".join(asked.out.split())
