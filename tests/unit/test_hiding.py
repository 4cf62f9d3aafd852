from pathlib import Path

from desktop_rag.domain import Chunk, Evidence, Passage, Prompt, Ranks, Span
from desktop_rag.pipeline.hiding import as_seen, has_something_seen, hidden_in, with_marks
from desktop_rag.pipeline.prompting import make_prompt

OPEN = "The rent is nine hundred pounds a month."
SECRET = "The landlord would take seven hundred."
LAST = "Notice is sixty days."
TEXT = f"{OPEN} {SECRET}\n{LAST}"


def passage(hidden: dict[int, tuple[tuple[int, int], ...]], heading: str = "") -> Passage:
    """Two lines, of pages 3 and 4 from their characters 100 on."""
    first = len(OPEN) + 1 + len(SECRET)
    chunk = Chunk(
        "d",
        0,
        TEXT,
        TEXT.replace("\n", " "),
        heading,
        (Span(3, 100, first), Span(4, 100, len(LAST))),
    )
    evidence = tuple(
        Evidence(span, text, 0.9)
        for span, text in (
            (Span(3, 101 + len(OPEN), len(SECRET)), SECRET),
            (Span(3, 100, len(OPEN)), OPEN),
        )
    )
    where = hidden_in(chunk, hidden)
    labels = ("3", "4")
    return Passage(1, chunk, Path("a.pdf"), labels, 1.0, 0.9, Ranks(), evidence, hidden=where)


SECRET_IS_HIDDEN = {3: ((0, 40), (101 + len(OPEN), len(SECRET))), 7: ((0, 999),)}


def given(one: Passage, *, small_model: bool) -> str:
    prompt: Prompt = make_prompt(
        "What is the rent?", [one], small_model=small_model, budget=999, count_tokens=lambda _: 1
    )[0]
    return " ".join(prompt.passages)


def test_only_what_is_hidden_of_the_passage_itself_counts() -> None:
    assert passage(SECRET_IS_HIDDEN).hidden == (Span(3, 101 + len(OPEN), len(SECRET)),)
    assert passage({3: ((0, 100),), 4: ((100 + len(LAST), 9),)}).hidden == ()


def test_hidden_evidence_is_marked_and_other_evidence_is_not() -> None:
    assert [one.hidden for one in with_marks(passage(SECRET_IS_HIDDEN)).evidence] == [True, False]
    assert [one.hidden for one in with_marks(passage({})).evidence] == [False, False]
    part = {3: ((105, 4),)}
    assert [one.hidden for one in with_marks(passage(part)).evidence] == [False, True]


def test_the_language_model_does_not_read_what_is_hidden() -> None:
    for small_model in (True, False):
        text = given(passage(SECRET_IS_HIDDEN), small_model=small_model)
        assert "landlord" not in text
        assert OPEN in text
        assert LAST in text
        assert SECRET in given(passage({}), small_model=small_model)


def test_a_hidden_heading_is_not_read_and_another_is() -> None:
    hidden = {3: ((100, len(OPEN)),)}
    text = given(passage(hidden, heading="The rent is nine"), small_model=False)
    assert "rent is nine" not in text
    assert LAST in text
    assert given(passage(hidden, heading="7. Money"), small_model=False).startswith("7. Money")


def test_a_passage_that_is_hidden_as_a_whole_has_nothing_to_read() -> None:
    whole = {3: ((0, 999),), 4: ((0, 999),)}
    assert not has_something_seen(passage(whole))
    assert as_seen(passage(whole)).evidence == ()
    assert has_something_seen(passage(SECRET_IS_HIDDEN))
