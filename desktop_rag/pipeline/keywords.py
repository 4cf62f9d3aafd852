"""What of a question the keyword index is asked for, and whether it is a question at all."""

import re
from collections.abc import Collection

from desktop_rag.pipeline.asking_words import ASKING_WORDS
from desktop_rag.pipeline.identifiers import identifiers
from desktop_rag.pipeline.letter_runs import words_for_query

_WRITTEN = re.compile(r"\S+")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
# The first words of a question that bears no question mark; English, German, French, Spanish,
# Italian, Dutch, Portuguese.
_ASKING = frozenset(
    "what which who whom whose when where why how is are was were do does did has have had can"
    " could will would shall should may must"
    " was wer wen wem wessen wann wo wohin woher warum wieso weshalb wie welche welcher welches"
    " welchen welchem ist sind hat haben kann darf muss soll wird gibt"
    " qui que quoi quand où pourquoi comment combien quel quelle quels quelles est-ce"
    " qué quién quiénes cuál cuáles cuándo dónde cómo cuánto cuántos"
    " chi cosa quale quali dove perché quanto quanti wat waar wanneer waarom hoe hoeveel welke"
    " quem qual quais onde quando"
    .split()
)  # fmt: skip


def is_question(text: str) -> bool:
    """Whether something is asked, rather than said or named by its words."""
    first = next(iter(_WRITTEN.findall(text)), "")
    return "?" in text or _AROUND.sub("", first).casefold() in _ASKING


def keyword_query(question: str, languages: Collection[str] = ()) -> str:
    """The question's words without its function words, and its identifiers as one word each.

    A word in capitals in a question that is not ("IT", "WHO") is a name and stays. A question of
    nothing but function words is asked as it is. `languages` are those of the documents that are
    searched; for those but English, pieces of the words follow, as their passages have them.
    """
    written = _WRITTEN.findall(question)
    names = not question.isupper()
    asking = ASKING_WORDS[_language_of(written, languages)]
    telling = [word for word in written if not _is_among(word, asking, names)]
    pieces = words_for_query(" ".join(telling or written), languages)
    return " ".join([*(telling or written), *identifiers(question), *filter(None, [pieces])])


def _language_of(written: list[str], languages: Collection[str]) -> str:
    """Of these languages the one whose small words the question has most of; in doubt English."""
    words = [_AROUND.sub("", word).casefold() for word in written]
    counts = {
        code: sum(word in ASKING_WORDS[code] for word in words)
        for code in ("en", *sorted(languages))
        if code in ASKING_WORDS
    }
    return max(counts, key=lambda code: counts[code])


def _is_among(written: str, asking: Collection[str], names: bool) -> bool:
    word = _AROUND.sub("", written)
    return word.casefold() in asking and not (names and word.isupper())
