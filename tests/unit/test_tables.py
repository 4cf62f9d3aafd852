import pytest

from desktop_rag.pipeline.segmenting import units
from desktop_rag.pipeline.tables import table_rows

TABLE = (
    "The harbour was sampled every week.\n"
    "Table 1. Faecal coliforms, colonies in 100 ml,\n"
    "from May to October 2023.\n"
    "Station Place Median Highest\n"
    "A East beach 38 120\n"
    "B Canal mouth 190 1,450\n"
    "C Fish quay 71 –\n"
    "Advice to bathers\n"
    "Do not bathe at the canal mouth."
)


def test_each_row_is_told_the_caption_and_the_columns() -> None:
    rows = [unit for unit in units(TABLE) if unit.lead]
    assert [TABLE[row.start : row.end] for row in rows] == [
        "A East beach 38 120",
        "B Canal mouth 190 1,450",
        "C Fish quay 71 –",
    ]
    caption = "Table 1. Faecal coliforms, colonies in 100 ml, from May to October 2023."
    assert {row.lead for row in rows} == {f"{caption} Station Place Median Highest"}


def test_the_names_of_the_columns_head_no_section() -> None:
    headings = [unit.heading for unit in units(TABLE) if unit.is_heading]
    assert headings == ["Advice to bathers"]


def test_rows_without_a_header_are_told_nothing() -> None:
    lines = ["It is due in three parts.", "Year 1 50,000 10 %", "Year 2 75,000 12 %"]
    assert table_rows(lines) == {1: 1, 2: 2}
    assert not any(unit.lead for unit in units("\n".join(lines)))


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Of 120 patients, 45 were seen in the first year and 38 in the",
            "second, of whom 12 died",
        ],
        ["12. Smith J. Lancet 2003;45:123-130.", "13. Doe A. BMJ 2004;46:1-9."],
        ["451 Harbour Street, Suite 900", "Port Ellery, PE 22202"],
        ["Dose 10 20"],
    ],
)
def test_running_text_with_figures_is_no_table(lines: list[str]) -> None:
    assert table_rows(lines) == {}
