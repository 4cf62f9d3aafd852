"""The lock names what is installed, and every file's hash."""

import importlib.util
import re

from tests.conftest import ROOT

SPEC = importlib.util.spec_from_file_location("lock", ROOT / "packaging" / "lock.py")
assert SPEC is not None
assert SPEC.loader is not None
lock = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(lock)
FILES = sorted((ROOT / "packaging" / "lock").glob("*.txt"))


def test_the_lock_names_exactly_the_versions_of_the_constraints() -> None:
    assert FILES
    for file in FILES:
        assert lock.pinned(file.read_text(encoding="utf-8")) == lock.wanted()


def test_every_package_has_a_hash_and_no_place_is_named() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        assert len(lines) == 2 * len(lock.wanted())
        for head, digest in zip(lines[::2], lines[1::2], strict=True):
            assert re.fullmatch(r"[a-z0-9-]+==[\w.]+ \\", head)
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}", digest)
        assert "://" not in text


def test_the_lock_is_written_from_pips_own_report() -> None:
    digest = "0" * 64
    info = {"url": "file:///secret/place.whl", "archive_info": {"hashes": {"sha256": digest}}}
    one = {"metadata": {"name": "My_Package", "version": "1.0+cpu"}, "download_info": info}
    assert lock.lock_lines({"install": [one]}) == [
        f"my-package==1.0 \\\n    --hash=sha256:{digest}"
    ]
