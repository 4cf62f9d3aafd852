"""The tests start a built program instead of the sources where they are told to."""

import sys
from pathlib import Path

import pytest

from tests.support import run_program, the_program


def test_a_built_program_is_started_in_place_of_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESKTOP_RAG_PROGRAM", raising=False)
    assert the_program() == [sys.executable, "-m", "desktop_rag"]
    built = tmp_path / "desktop-rag"
    built.write_text('#!/bin/sh\necho "built: $*"\n')
    built.chmod(0o755)
    monkeypatch.setenv("DESKTOP_RAG_PROGRAM", str(built))
    assert run_program("documents", "--json", home=tmp_path).out == "built: documents --json\n"
