import pytest

from desktop_rag.pipeline.collection_names import exists, is_within, renamed, tidy_name


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("  Matters /  Smith v.   Harbour/", "Matters/Smith v. Harbour"),
        ("/Matters//Smith", "Matters/Smith"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("Smith\u202e\x00\nDoe", "Smith Doe"),
        (" / \t/", ""),
        ("", ""),
    ],
)
def test_a_name_is_tidied(typed: str, tidy: str) -> None:
    assert tidy_name(typed) == tidy
    assert tidy_name(tidy) == tidy


@pytest.mark.parametrize(
    ("name", "within"),
    [("Matters", True), ("Matters/Smith", True), ("Matters2", False), ("matters/Smith", False)],
)
def test_what_is_below_a_group_is_within_it(name: str, within: bool) -> None:
    assert is_within(name, "Matters") is within
    assert exists("Matters", [name]) is within


def test_renaming_a_group_renames_what_is_below() -> None:
    names = ["Matters", "Matters/Smith", "Matters2", "Old/Matters"]
    moved = [renamed(name, "Matters", "Cases") for name in names]
    assert moved == ["Cases", "Cases/Smith", "Matters2", "Old/Matters"]
