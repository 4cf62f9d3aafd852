from desktop_rag.pipeline.alike import leaders

CLAUSE = (
    "The Tenant shall keep the premises in good repair and shall give the Landlord written notice "
    "of {days} days before any works that {word} change the structure of the building begin."
)


def test_boilerplate_follows_its_first() -> None:
    clause = CLAUSE.format(days=30, word="might")
    texts = [clause, "Something else entirely.", clause.replace("premises", "demised premises")]
    assert leaders(texts) == [0, 1, 0]


def test_another_number_is_another_clause() -> None:
    texts = [CLAUSE.format(days=days, word="might") for days in (30, 60)]
    assert leaders(texts) == [0, 1]


def test_a_negation_makes_another_clause() -> None:
    texts = [CLAUSE.format(days=30, word=word) for word in ("do", "do not")]
    assert leaders(texts) == [0, 1]


def test_short_and_empty_texts_are_compared_whole() -> None:
    assert leaders(["Blank.", "blank", "Other", "", ""]) == [0, 0, 2, 3, 3]
    assert leaders([]) == []
