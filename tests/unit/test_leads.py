from desktop_rag.pipeline.leads import with_leads
from desktop_rag.pipeline.segmenting import units
from tests.unit.test_chunking import cut


def leads(text: str) -> dict[str, str]:
    """The first word or mark of each unit, with what leads it in."""
    return {
        text[unit.start : unit.end].split()[0]: unit.lead for unit in with_leads(text, units(text))
    }


CLAUSE = (
    "7.2 Termination. This Agreement and each Project Plan under it may be ended early:\n"
    "(a) by the Company for any reason;\n"
    "(b) by either Party, if the other:\n"
    "(i) is insolvent; or\n"
    "(ii) is dissolved; or\n"
    "(c) by agreement.\n"
    "7.3 Effect. The licences end."
)


def test_items_are_told_what_leads_their_list_in() -> None:
    lead = "7.2 Termination. This Agreement and each Project Plan under it may be ended early:"
    found = leads(CLAUSE)
    assert found["(a)"] == found["(b)"] == found["(c)"] == lead
    assert found["7.3"] == ""


def test_a_list_within_a_list_is_told_both() -> None:
    found = leads(CLAUSE)
    assert found["(i)"] == found["(ii)"] == f"{found['(b)']} › (b) by either Party, if the other:"


def test_the_letter_i_after_h_goes_on_with_its_list() -> None:
    text = "The Tenant keeps:\n" + "\n".join(f"({letter}) the {letter};" for letter in "fghij")
    assert {lead for mark, lead in leads(text).items() if mark != "The"} == {"The Tenant keeps:"}


def test_a_numbered_clause_after_a_list_of_letters_is_not_its_item() -> None:
    text = "The Tenant keeps:\n(a) the roof;\n(b) the boiler.\n2) Rent is due."
    assert leads(text)["2)"] == ""


def test_bullets_have_leads_and_headings_end_lists() -> None:
    text = "Seek help for:\n• fever\n• pain.\nNext steps\nWe call you.\n• a letter follows"
    found = [unit.lead for unit in with_leads(text, units(text)) if text[unit.start] == "•"]
    assert found == ["Seek help for:", "Seek help for:", ""]


def test_a_chunk_that_begins_within_a_list_names_section_and_lead() -> None:
    items = "\n".join(f"({letter}) to keep the {letter * 9} in good repair;" for letter in "abcdef")
    chunks = cut(f"4. Repairs\nThe Tenant is bound:\n{items}", max_tokens=60)
    assert len(chunks) > 1
    assert chunks[0].heading == "4. Repairs"
    assert {chunk.heading for chunk in chunks[1:]} == {"4. Repairs › The Tenant is bound:"}


def test_a_chunk_that_begins_within_a_table_names_its_columns() -> None:
    rows = "\n".join(
        f"Drug {letter} {number}0 mg {number}" for number, letter in enumerate("abcdefghijkl", 1)
    )
    chunks = cut(f"Doses\nTable 2. Starting doses.\nName Dose Times\n{rows}", max_tokens=60)
    assert len(chunks) > 1
    assert chunks[-1].heading == "Doses › Table 2. Starting doses. Name Dose Times"
    assert all(chunk.text.splitlines()[-1].startswith(("Drug", "Name")) for chunk in chunks)
