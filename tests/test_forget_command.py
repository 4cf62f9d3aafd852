"""`desktop-rag forget`, by starting the program as a user does."""

from pathlib import Path

from tests.support import make_pdf, run_program


def test_a_collection_and_then_everything_is_forgotten(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    file = make_pdf(tmp_path / "kiribatissimo.pdf", ["The tenant keeps the zanzibarette boiler."])
    assert run_program("add", file, "--collection", "Montevideo", home=home).code == 0
    refused = run_program("forget", "--all", home=home)
    assert refused.code == 2
    assert "Add --yes to agree" in refused.err
    done = run_program("forget", "--collection", "Montevideo", "--yes", "--json", home=home)
    assert done.code == 0, done.err
    assert done.json["forgotten"] == {"documents": 1, "conversations": 0, "folders": 0}
    assert done.json["found"] == []
    assert done.json["sought_words"] >= 4
    every = run_program("forget", "--all", "--yes", home=home)
    assert every.code == 0, every.err
    assert "0 words sought in 1 files: 0 found." in every.out  # the lock of the library
    assert "they are never touched" in every.out
    assert file.exists()
    data = home / "desktop-rag"
    assert [path.name for path in data.rglob("*") if path.is_file()] == ["write.lock"]
