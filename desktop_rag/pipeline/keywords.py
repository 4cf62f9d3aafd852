"""What of a question the keyword index is asked for, and whether it is a question at all."""

import re

from desktop_rag.pipeline.identifiers import identifiers

_WRITTEN = re.compile(r"\S+")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
# English words that say how a question is put, not what it is about. They stay in the index.
_FUNCTION_WORDS = frozenset(
    "a an the this that these those there here it its i me my we our you your he him his she her"
    " they them their of in on at to for from by with as about into over under again"
    " is are was were be been being am do does did doing have has had having"
    " can could will would shall should may might must"
    " what which who whom whose when where why how and or but if so than then just also very too"
    .split()
)  # fmt: skip

# The first words of a question that bears no question mark; English, German, French.
_ASKING = frozenset(
    "what which who whom whose when where why how is are was were do does did has have had can"
    " could will would shall should may must"
    " was wer wen wem wessen wann wo wohin woher warum wieso weshalb wie welche welcher welches"
    " welchen welchem ist sind hat haben kann darf muss soll wird gibt"
    " qui que quoi quand où pourquoi comment combien quel quelle quels quelles est-ce"
    .split()
)  # fmt: skip


def is_question(text: str) -> bool:
    """Whether something is asked, rather than said or named by its words."""
    first = next(iter(_WRITTEN.findall(text)), "")
    return "?" in text or _AROUND.sub("", first).casefold() in _ASKING


def keyword_query(question: str) -> str:
    """The question's words without its function words, and its identifiers as one word each.

    A word in capitals in a question that is not ("IT", "WHO") is a name and stays. A question of
    nothing but function words is asked as it is.
    """
    written = _WRITTEN.findall(question)
    names = not question.isupper()
    telling = [word for word in written if not _is_function_word(word, names)]
    return " ".join([*(telling or written), *identifiers(question)])


def _is_function_word(written: str, names: bool) -> bool:
    word = _AROUND.sub("", written)
    return word.casefold() in _FUNCTION_WORDS and not (names and word.isupper())
