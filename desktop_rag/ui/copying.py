"""An answer as text for other programs: with its citations and what was searched."""

from PySide6.QtCore import QCoreApplication

from desktop_rag.domain import Answer, AnswerStatus, Citation, Coverage, Support
from desktop_rag.ui import words
from desktop_rag.ui.survey_words import survey_limits, survey_lines

_MOST_NAMES = 5


def coverage_line(coverage: Coverage) -> str:
    """“Searched 14 documents. Not wholly read: …”."""
    text = words.Counted().searched(coverage.searched)
    if coverage.by_words_only:
        only = QCoreApplication.translate(
            "copying", "By words only, until the documents are prepared for the new model."
        )
        text += f" {only}"
    unread = coverage.unreadable
    if not unread:
        return text
    names = ", ".join(item.path.name for item in unread[:_MOST_NAMES])
    if len(unread) > _MOST_NAMES:
        more = len(unread) - _MOST_NAMES
        names += words.Counted().more(more)
    missing = QCoreApplication.translate("copying", "Not, or not wholly, read: {names}.")
    return f"{text} {missing.format(names=names)}"


def _table_lines(answer: Answer) -> list[str]:
    """What was looked through, then a line a row: document, page and words, between tabs."""
    rows = [
        "\t".join((item.path.name, words.place(item), " ".join(item.quote.split()) + _mark(item)))
        for item in answer.table
    ]
    limits = survey_limits(answer.survey, len(rows))
    return [
        *survey_lines(answer),
        "",
        *rows,
        "",
        *filter(None, [limits]),
        coverage_line(answer.coverage),
    ]


def _mark(citation: Citation) -> str:
    return f" ({words.not_visible()})" if citation.hidden else ""


def answer_as_text(question: str, answer: Answer) -> str:
    """Question, sentences with their markers and marks, the places cited, and the coverage."""
    lines = [question, ""]
    if answer.survey is not None:
        return "\n".join([*lines, *_table_lines(answer)])
    if answer.status is AnswerStatus.NOT_FOUND:
        lines.append(QCoreApplication.translate("copying", "The documents do not seem to say."))
    if answer.status is AnswerStatus.EVIDENCE_ONLY:
        lines.append(QCoreApplication.translate("copying", "In the documents’ own words:"))
    unsupported = QCoreApplication.translate("copying", "[not found in the documents]")
    for sentence in answer.sentences:
        marks = "".join(f" [{number}]" for number in sentence.citations)
        if sentence.support is Support.UNSUPPORTED:
            marks = f" {unsupported}"
        lines.append(f"{sentence.text}{marks}")
    lines.append("")
    lines += [
        f"[{item.marker}] {item.path.name}, {words.place(item)}{_mark(item)}: "
        f"{words.quoted(' '.join(item.quote.split()))}"
        for item in answer.citations
    ]
    lines += ["", coverage_line(answer.coverage)]
    return "\n".join(lines).replace("\n\n\n", "\n\n")
