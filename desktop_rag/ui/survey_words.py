"""What was looked through for a question about whole documents, in the words of the window."""

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from desktop_rag.domain import Answer, AnswerStatus, Survey, SurveyProgress, WholeKind

_MOST_NAMES = 8


class SurveyCounted(QObject):
    """Numbers of things, in the plural forms of the language."""

    def looked_through(self, count: int) -> str:
        return self.tr("Looked through all %n document(s).", "", count)

    def of_documents(self, count: int) -> str:
        return self.tr("of %n document(s)", "", count)

    def places(self, count: int) -> str:
        return self.tr("%n place(s)", "", count)

    def in_documents(self, count: int) -> str:
        return self.tr("in %n document(s)", "", count)

    def left_out(self, count: int) -> str:
        return self.tr("%n more place(s) are left out of the table.", "", count)

    def more(self, count: int) -> str:
        return self.tr(" and %n more", "", count)

    def sentences(self, count: int) -> str:
        return self.tr("Sentences taken from %n document(s), word for word:", "", count)


def progress_words(step: SurveyProgress) -> str:
    """“Looking through 37 of 214 documents”."""
    text = (
        QCoreApplication.translate("survey", "Looking through {done} of {total} passages …")
        if step.of_passages
        else QCoreApplication.translate("survey", "Looking through {done} of {total} documents …")
    )
    return text.format(done=_number(step.done), total=_number(step.total))


def survey_lines(answer: Answer) -> list[str]:
    """What was looked through, what was found, and where nothing was; [] for another answer."""
    survey = answer.survey
    if survey is None:
        return []
    looked = SurveyCounted().looked_through(survey.documents)
    lines = [f"{looked} {_found(survey, len(answer.table))}"]
    if answer.table and survey.without:
        lines.append(_without(survey))
    return lines


def survey_limits(survey: Survey | None, rows: int) -> str:
    """What the table does not hold, or was not read; "" if nothing."""
    if survey is None:
        return ""
    parts: list[str] = []
    if not survey.read_all:
        closest = QCoreApplication.translate(
            "survey", "{read} of {passages} passages were read word by word."
        )
        parts.append(closest.format(read=_number(survey.read), passages=_number(survey.passages)))
    if survey.left_out:
        parts.append(SurveyCounted().left_out(survey.left_out))
    return " ".join(parts)


def _found(survey: Survey, rows: int) -> str:
    counted = SurveyCounted()
    if not rows:
        return QCoreApplication.translate("survey", "Nothing was found that matches.")
    if survey.kind is WholeKind.SUMMARY:
        return counted.sentences(survey.holding)
    if survey.of_documents:
        text = (
            QCoreApplication.translate("survey", "A matching place is in at least {n} {documents}.")
            if survey.kind is WholeKind.COUNT
            else QCoreApplication.translate("survey", "A matching place is in {n} {documents}.")
        )
        documents = counted.of_documents(survey.documents)
        return text.format(n=_number(survey.holding), documents=documents)
    text = QCoreApplication.translate("survey", "Found: at least {places} {documents}.")
    return text.format(
        places=counted.places(rows + survey.left_out),
        documents=counted.in_documents(survey.holding),
    )


def _without(survey: Survey) -> str:
    names = ", ".join(path.name for path in survey.without[:_MOST_NAMES])
    if len(survey.without) > _MOST_NAMES:
        names += SurveyCounted().more(len(survey.without) - _MOST_NAMES)
    text = QCoreApplication.translate("survey", "Nothing was found in: {names}.")
    return text.format(names=names)


def _number(count: int) -> str:
    return QLocale().toString(count)


def closest_places(answer: Answer) -> str:
    """What stands above the nearest places if nothing was found."""
    if answer.status is not AnswerStatus.NOT_FOUND or not answer.passages:
        return ""
    return QCoreApplication.translate("survey", "Closest places:")
