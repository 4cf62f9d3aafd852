from desktop_rag.pipeline.normalising import comparable, searchable, words_of


def test_a_hyphen_at_a_line_end_is_closed() -> None:
    assert searchable("notice of termi-\r\nnation") == "notice of termination"


def test_pdfiums_own_hyphen_mark_is_closed() -> None:
    assert searchable("termi\ufffe\r\nnation") == "termination"


def test_a_compound_keeps_its_hyphen_if_the_document_knows_its_halves() -> None:
    vocabulary = words_of("a long road in the short term")
    assert searchable("long-\nterm lease", vocabulary) == "long-term lease"


def test_a_hyphen_before_a_capital_or_a_digit_is_kept() -> None:
    assert searchable("CRB-\n65 and COVID-\nNet") == "CRB-65 and COVID-Net"


def test_ligatures_are_opened_and_white_space_folded() -> None:
    assert searchable("the ﬁrst\r\n  oﬃce") == "the first office"


def test_invisible_and_direction_characters_are_removed() -> None:
    assert searchable("pay\u200b 10\u202e0\u2066 euros\ufeff") == "pay 100 euros"


def test_quotes_and_dashes_compare_as_plain_ones() -> None:
    assert comparable("“Tenant’s” 5–6") == comparable('"tenant\'s" 5-6')
