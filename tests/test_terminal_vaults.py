"""Vaults in the terminal, as a user types them."""

from pathlib import Path

import pytest

from tests.support import make_pdf, run_program

NOTICE = "The tenant must give sixty days written notice before ending the lease."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def secret(folder: Path, words: str) -> list[str | Path]:
    file = folder / "passphrase"
    file.write_text(f"{words}\n")
    return ["--passphrase-file", file]


def test_a_vault_is_made_filled_asked_and_deleted(home: Path, tmp_path: Path) -> None:
    right = secret(tmp_path, "correct horse battery")
    made = run_program("vault", "create", "--json", *right, home=home)
    assert made.code == 0, made.err
    assert made.json["number"] == 1
    assert len(made.json["recovery_key"].split("-")) == 10
    lease = make_pdf(tmp_path / "Lease.pdf", [NOTICE])
    added = run_program("add", lease, "--vault", "1", "--json", *right, home=home)
    assert [one["status"] for one in added.json["documents"]] == ["ready"], added.err
    found = run_program(
        "search", "How much notice?", "--vault", made.json["id"], "--json", *right, home=home
    )
    assert "sixty days" in found.json["passages"][0]["text"]
    assert run_program("documents", "--json", home=home).json["documents"] == []
    kept = run_program("vault", "delete", "--vault", "1", "--json", home=home)
    assert kept.code == 2
    assert "--yes" in kept.json["hint"]
    gone = run_program("vault", "delete", "--vault", "1", "--yes", "--json", home=home)
    assert gone.json["deleted"]
    assert run_program("vault", "list", "--json", home=home).json == {"vaults": []}


def test_what_does_not_open_a_vault_is_said_in_words(home: Path, tmp_path: Path) -> None:
    run_program("vault", "create", *secret(tmp_path, "correct horse battery"), home=home)
    wrong = secret(tmp_path, "wrong horse battery")
    refused = run_program("documents", "--vault", "1", "--json", *wrong, home=home)
    assert (refused.code, refused.json["error"]) == (
        1,
        "This passphrase does not open the vault.",
    )
    unknown = run_program("documents", "--vault", "7", "--json", *wrong, home=home)
    assert (unknown.code, unknown.json["error"]) == (1, "There is no vault 7.")
    short = run_program("vault", "create", "--json", *secret(tmp_path, "short"), home=home)
    assert (short.code, short.json["error"]) == (2, "A passphrase needs 10 characters at least.")
    nameless = run_program("vault", "check", "--json", home=home)
    assert (nameless.code, nameless.json["error"]) == (2, "Which vault?")
