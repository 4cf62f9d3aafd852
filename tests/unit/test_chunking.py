from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_rag.domain import Chunk, Page, PageMethod
from desktop_rag.pipeline.chunking import ChunkingOptions, chunk_pages


def count_words(texts: Sequence[str]) -> list[int]:
    """Words and punctuation marks, as wordpieces would be counted at least."""
    return [len(text.split()) + sum(not c.isalnum() and c != " " for c in text) for text in texts]


def pages_of(*texts: str) -> list[Page]:
    return [
        Page(number, str(number), text, PageMethod.PDFIUM)
        for number, text in enumerate(texts, start=1)
    ]


def cut(*texts: str, max_tokens: int = 120) -> list[Chunk]:
    options = ChunkingOptions(max_tokens=max_tokens, section_tokens=20)
    return chunk_pages("d", pages_of(*texts), count_words, options)


def at_spans(chunk: Chunk, pages: Sequence[Page]) -> str:
    return "\n".join(
        pages[span.page - 1].text[span.start : span.start + span.length] for span in chunk.spans
    )


words = st.text("abcdefgABC .,;:-()[]0123456789\u00ad\ufffeé§•\u200b", min_size=0, max_size=30)
lines = st.lists(words, max_size=12).map("\r\n".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(lines, max_size=6))
def test_the_characters_at_the_spans_are_the_chunks_text(texts: list[str]) -> None:
    pages = pages_of(*texts)
    for chunk in chunk_pages("d", pages, count_words, ChunkingOptions(max_tokens=80)):
        assert chunk.text == at_spans(chunk, pages)
        assert all(span.length > 0 for span in chunk.spans)


@settings(max_examples=200, deadline=None)
@given(st.lists(lines, max_size=5))
def test_no_chunk_is_longer_than_the_encoder_reads(texts: list[str]) -> None:
    for chunk in cut(*texts):
        assert count_words([chunk.titled_text])[0] + 2 <= 120 + 1  # the heading's own newline


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("abc \r\n.", max_size=60), min_size=1, max_size=2))
def test_no_letter_of_a_short_document_is_lost(texts: list[str]) -> None:
    letters = [character for text in texts for character in text if character.isalpha()]
    kept = [character for chunk in cut(*texts) for character in chunk.text if character.isalpha()]
    assert len(kept) >= len(letters) - 2 * sum(len(line) for t in texts for line in t.split())
    assert sorted(set(kept)) == sorted(set(letters)) or len(letters) < 40


def test_a_chunk_ends_with_its_page() -> None:
    chunks = cut("The first page is done.", "The second page begins.")
    assert [chunk.pages for chunk in chunks] == [(1,), (2,)]


def test_a_sentence_that_runs_over_the_page_edge_stays_whole() -> None:
    chunks = cut("The Landlord may not end the lease except under", "clause 7.3 or clause 6.3.")
    assert [chunk.pages for chunk in chunks] == [(1, 2)]
    assert chunks[0].plain_text.endswith("except under clause 7.3 or clause 6.3.")


def test_running_headers_and_page_numbers_are_not_in_every_chunk() -> None:
    words = ["rent", "notice", "repairs", "keys", "insurance", "disputes"]
    texts = [f"Smith Lease, draft\nThis is on {word} here.\n{n}" for n, word in enumerate(words, 1)]
    chunks = cut(*texts)
    assert sum("Smith Lease, draft" in chunk.text for chunk in chunks) == 1
    assert [chunk.text.splitlines()[-1][-5:] for chunk in chunks] == ["here."] * 6


def test_lines_that_differ_by_a_figure_are_no_running_header() -> None:
    chunks = cut(*(f"Potassium {n}.9 mmol/l" for n in range(1, 7)))
    assert [chunk.text for chunk in chunks] == [f"Potassium {n}.9 mmol/l" for n in range(1, 7)]


def test_a_lone_figure_at_the_edge_is_no_page_number() -> None:
    chunks = cut("Dose of amoxicillin in mg\n500", "Amount due\n1200\nPayable at once.", "Civil")
    assert [chunk.text.split("\n")[1:2] for chunk in chunks] == [["500"], ["1200"], []]


def test_the_same_line_on_two_pages_is_kept_on_both() -> None:
    chunks = cut("Aspirin 100 mg daily\nNo allergies", "Aspirin 100 mg daily\nNo allergies")
    assert [chunk.text for chunk in chunks] == ["Aspirin 100 mg daily\nNo allergies"] * 2


def test_numbers_that_count_with_the_pages_are_page_numbers() -> None:
    words = ["rent", "notice", "repairs", "keys"]
    texts = [f"This is on {word}.\n{n + 11}" for n, word in enumerate(words, 1)]
    assert [chunk.text for chunk in cut(*texts)] == [f"This is on {word}." for word in words]


def test_a_header_with_the_page_number_in_it_is_a_running_header() -> None:
    words = ["rent", "notice", "repairs", "keys"]
    texts = [f"Lease page {n} of 4\nThis is on {word}." for n, word in enumerate(words, 1)]
    assert sum("Lease page" in chunk.text for chunk in cut(*texts)) == 1


def test_a_heading_goes_with_what_follows_it_and_is_kept_as_context() -> None:
    body = "The Tenant pays the rent on the fifth day of the month. " * 6
    chunks = cut(f"{body}\n7. Termination\n{body}")
    assert chunks[-1].heading == "7. Termination"
    starts = [chunk for chunk in chunks if chunk.text.startswith("7. Termination")]
    assert len(starts) == 1
    assert not any(chunk.text.endswith("7. Termination") for chunk in chunks)


def test_a_long_heading_before_a_long_sentence_is_not_read_with_it() -> None:
    heading = "RATES " + "&" * 40
    text = f"{'Rent is due. ' * 20}\n{heading}\n{'word ' * 60}ends here."
    chunks = cut(text, max_tokens=110)
    assert all(count_words([chunk.titled_text])[0] + 2 <= 111 for chunk in chunks)


def test_a_word_longer_than_the_limit_is_cut_and_not_lost() -> None:
    word = "x" * 5000
    assert sum(chunk.text.count("x") for chunk in cut(word, max_tokens=60)) == 5000


def test_pages_without_text_give_no_chunk() -> None:
    assert cut("", "\r\n \r\n") == []
