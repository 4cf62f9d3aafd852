"""What the keyword index is asked for."""

import pytest

from desktop_rag.pipeline.keywords import keyword_query


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
