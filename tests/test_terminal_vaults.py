"""Vaults in the terminal, as a user types them."""

import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from desktop_rag.__main__ import _open_assistant
from desktop_rag.cli.commands import run
from desktop_rag.privacy.app_lock import AppLock
from tests.support import make_pdf

NOTICE = "The tenant must give sixty days written notice before ending the lease."


Type = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def type_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Runs a command on a library of its own; returns its exit code and its JSON."""

    def typed(*words: str | Path) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        line = [*map(str, words), "--library", str(tmp_path / "library"), "--json"]
        code = run(line, _open_assistant, lambda _: 1)
        return code, json.loads(capsys.readouterr().out)

    return typed


def secret(folder: Path, words: str) -> list[str | Path]:
    file = folder / "passphrase"
    file.write_text(f"{words}\n")
    return ["--passphrase-file", file]


def test_a_vault_is_made_filled_asked_and_deleted(type_in: Type, tmp_path: Path) -> None:
    right = secret(tmp_path, "correct horse battery")
    code, made = type_in("vault", "create", *right)
    assert (code, made["number"], len(made["recovery_key"].split("-"))) == (0, 1, 10)
    lease = make_pdf(tmp_path / "Lease.pdf", [NOTICE])
    _, added = type_in("add", lease, "--vault", "1", *right)
    assert [one["status"] for one in added["documents"]] == ["ready"]
    _, found = type_in("search", "How much notice?", "--vault", made["id"], *right)
    assert "sixty days" in found["passages"][0]["text"]
    assert type_in("documents")[1]["documents"] == []
    code, kept = type_in("vault", "delete", "--vault", "1")
    assert code == 2
    assert "--yes" in kept["hint"]
    assert type_in("vault", "delete", "--vault", "1", "--yes")[1]["deleted"]
    assert type_in("vault", "list") == (0, {"vaults": []})


def test_a_mail_is_not_taken_apart_in_a_vault(type_in: Type, tmp_path: Path) -> None:
    right = secret(tmp_path, "correct horse battery")
    type_in("vault", "create", *right)
    mail = EmailMessage()
    mail["Subject"] = "A lease"
    attached = make_pdf(tmp_path / "attached.tmp", [NOTICE]).read_bytes()
    mail.add_attachment(attached, maintype="application", subtype="pdf", filename="Lease.pdf")
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    code, refused = type_in("add", tmp_path / "mail.eml", "--vault", "1", *right)
    assert code == 1
    assert "unencrypted" in refused["error"]
    left = [file.name for file in (tmp_path / "library").rglob("*.pdf")]
    assert left == []


def test_what_does_not_open_a_vault_is_said_in_words(type_in: Type, tmp_path: Path) -> None:
    type_in("vault", "create", *secret(tmp_path, "correct horse battery"))
    wrong = secret(tmp_path, "wrong horse battery")
    for words, code, error in (
        (("documents", "--vault", "1", *wrong), 1, "This passphrase does not open the vault."),
        (("documents", "--vault", "7", *wrong), 1, "There is no vault 7."),
        (("vault", "check"), 2, "Which vault?"),
    ):
        refused = type_in(*words)
        assert (refused[0], refused[1]["error"]) == (code, error)
    short = type_in("vault", "create", *secret(tmp_path, "short"))
    assert (short[0], short[1]["error"]) == (2, "A passphrase needs 10 characters at least.")


def test_a_locked_program_tells_nothing(type_in: Type, tmp_path: Path, private_home: Path) -> None:
    lock = AppLock(private_home)
    lock.put_on("correct horse battery")
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text("correct horse battery\n")
    wrong.write_text("wrong horse battery\n")
    refused = type_in("documents", "--app-lock-file", wrong)
    assert (refused[0], refused[1]["error"]) == (1, "This is not the passphrase of the program.")
    assert type_in("documents")[0] == 2
    assert type_in("documents", "--app-lock-file", right)[1]["documents"] == []
    (private_home / "app-lock").write_text("damaged")
    assert type_in("documents", "--app-lock-file", right)[0] == 1
    lock.take_off()
    assert type_in("documents")[0] == 0
