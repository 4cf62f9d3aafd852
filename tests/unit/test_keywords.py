"""What the keyword index is asked for."""

import pytest

from desktop_rag.pipeline.keywords import is_question, keyword_query


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is the notice period for the tenant?", "notice period tenant?"),
        ("Does it bind IT and the WHO?", "bind IT WHO?"),
        ("WHAT IS THE TERM?", "TERM?"),
        ("(who) may “not” assign", "“not” assign"),
        ("What was it?", "What was it?"),
        ("what is in § 7(b)", "§ 7(b) 7xb sec7xb"),
        ("", ""),
    ],
)
def test_only_what_the_question_is_about_is_asked_for(question: str, asked: str) -> None:
    assert keyword_query(question) == asked


@pytest.mark.parametrize(
    "text",
    [
        "What plays the crucial role",
        "I fell ill last week. Can I drink? Thank you.",
        "“May the tenant assign",
        "Wie lange gilt der Vertrag",
        "Où se trouve la clause",
    ],
)
def test_questions_are_known_with_and_without_their_mark(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Aspirin lowers the risk of stroke.",
        "notice period lease",
        "All duties end in 2024",
        "",
        "…",
    ],
)
def test_claims_and_mere_words_are_no_questions(text: str) -> None:
    assert not is_question(text)
