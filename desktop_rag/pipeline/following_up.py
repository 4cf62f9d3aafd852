"""Make a follow-up question stand by itself, so that a search can understand it.

No model is asked: a question that leans on the one before ("And for the subtenant?") is completed
with that one. Reading one question too many costs a search little; missing one costs the answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_WORDS_OF_A_SHORT_QUESTION = 12
_WORD = re.compile(r"\w+")
# Followed by a space or a comma, so that "and/or" begins no follow-up.
_OPENERS = re.compile(
    r"(?:and|but|or|so|also|then|otherwise|what about|how about|what else|anything else|same for"
    r"|which ones?(?! of)"
    r"|et|mais|alors|donc|aussi|sinon|ou bien|ou alors|quid|qu['’]en est-il|même chose"
    r"|und|aber|oder|dann|auch|sonst|was ist mit|was gilt für|wie ist es (?:mit|bei)"
    r"|wie steht es (?:mit|um)|wie sieht es mit|gilt das auch)(?=[\s,:?…]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Language:
    """The small words of a language.

    Attributes:
        pronouns: stand for something named before.
        final: do so only as the last word ("what happens then", "was bedeutet das").
        possessives: the same, before a noun ("its term").
        pointing: point at something only before a noun that names no document ("that clause").
        empty_before: words after which "it" or "there" stands for nothing ("is it allowed").
        empty_after: words before which it stands for nothing ("there is").
        articles: announce a noun to which a later pronoun of the question may refer.
        joining: begin another clause, whose pronoun may refer to the one before.
        other: question words, auxiliaries and prepositions.
    """

    pronouns: frozenset[str]
    final: frozenset[str]
    possessives: frozenset[str]
    pointing: frozenset[str]
    empty_before: frozenset[tuple[str, str]]
    empty_after: frozenset[tuple[str, str]]
    articles: frozenset[str]
    joining: frozenset[str]
    other: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        return (
            self.pronouns
            | self.final
            | self.possessives
            | self.pointing
            | self.articles
            | self.joining
            | self.other
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(firsts: str, seconds: str) -> frozenset[tuple[str, str]]:
    return frozenset((first, second) for first in firsts.split() for second in seconds.split())


_ENGLISH = _Language(
    pronouns=_words("it itself that this those these they them he him she there such"),
    final=_words("one then so"),
    possessives=_words("its their theirs his her hers"),
    pointing=_words("this that these those such"),
    empty_before=_pairs("is are was were be been will would must can should may", "there"),
    empty_after=_pairs("there", "is are was were will must be")
    | _pairs("it", "allowed possible permitted necessary legal lawful true safe required correct")
    | _pairs("it", "mean take takes rain rains raining illegal enough usual advisable forbidden"),
    articles=_words("the a an my our your each every any no all"),
    joining=_words("if when after before once unless because while until that who which and or"),
    other=_words(
        "what which who whom whose when where why how is are was were be been do does did done has"
        " have had can could will would shall should may might must to of in on at for from by with"
        " about into under over between against as than then so not no yes too also and or but if"
        " much many long far often soon else i we you me us my our your again still even only"
        " please tell say says said mean means exactly more less since up out"
    ),
)
_FRENCH = _Language(
    pronouns=_words("il ils elle elles lui leur cela ça ceci celui celle ceux celles"),
    final=_words("le la les"),
    possessives=_words("son sa ses leur leurs"),
    pointing=_words("cet cette ces"),
    empty_before=_pairs("faut t suffit agit", "il") | _pairs("est", "il"),
    empty_after=_pairs("il", "y faut est suffit s existe possible permis"),
    articles=_words("le la les l un une des du au aux mon ma mes notre votre chaque tout toute"),
    joining=_words("si quand lorsque après avant car puisque tant que qui et ou dont où"),
    other=_words(
        "quel quelle quels quelles quoi qui que quand où pourquoi comment combien est sont était"
        " été être a ont avoir avait peut peuvent doit doivent fait faire de d à dans en pour par"
        " sur sous avec sans chez entre contre depuis pendant jusqu comme plus moins aussi encore"
        " et ou mais donc alors ne pas non oui je nous vous me te se on y s t c ce n qu est-ce"
    ),
)
_GERMAN = _Language(
    pronouns=_words(
        "er es sie ihn ihm ihnen dies dafür davon damit dazu dabei daran darauf daraus darin"
        " darüber dagegen dadurch danach dort deren dessen derjenige diejenige dasselbe"
    ),
    final=_words("das die der den dem denen"),
    possessives=_words("seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres ihr"),
    pointing=_words("diese dieser dieses diesen diesem jene jener jenes jenen jenem solche"),
    empty_before=_pairs("gibt gab ist wäre geht handelt", "es"),
    empty_after=_pairs("es", "gibt ist handelt sich erlaubt möglich nötig zulässig verboten"),
    articles=_words("der die das den dem des ein eine einen einem einer eines kein keine jede"),
    joining=_words("wenn falls nachdem bevor sobald weil während bis dass ob und oder"),
    other=_words(
        "was wer wen wem wessen wann wo wohin woher warum wieso wie welche welcher welches welchen"
        " welchem ist sind war waren sein wird werden wurde hat haben hatte kann können konnte muss"
        " müssen soll sollen sollte darf dürfen gilt gelten in im an am auf aus bei beim für von"
        " vom mit zu zum zur nach vor über unter gegen ohne um als auch noch nur nicht ja nein ich"
        " wir man mir uns viel viele lange oft genau mehr weniger seit denn so und oder aber dann"
    ),
)
_LANGUAGES = (_ENGLISH, _FRENCH, _GERMAN)
# "This lease" is the document at hand, whatever was asked before.
_DOCUMENTS = _words(
    "lease contract agreement document documents file report letter policy guideline guidelines"
    " will deed case text page patient contrat bail document documents dossier rapport lettre texte"
    " convention patient patiente vertrag vertrags vertrages mietvertrag dokument bericht brief"
    " vereinbarung urteil gutachten akte text patient patienten patientin"
)


def standing_question(question: str, earlier: Sequence[str]) -> str:
    """The question, led by the last one that stands by itself if it cannot do so alone.

    `earlier`: the questions asked before in the same conversation, oldest first, as typed.
    """
    if not earlier or stands_alone(question):
        return question
    leading = next((one for one in reversed(earlier) if stands_alone(one)), earlier[0])
    return f"{leading.strip()} {question.strip()}"


def stands_alone(question: str) -> bool:
    """Whether the question can be understood without the one before."""
    typed = _WORD.findall(question)
    words = [word.casefold() for word in typed]
    if _OPENERS.match(question.strip(' \t\n¿«»"“”„…-–—')):
        return False
    if _small_words().issuperset(words):
        return False
    if len(words) > _MOST_WORDS_OF_A_SHORT_QUESTION:
        return True
    language = max(_LANGUAGES, key=lambda one: sum(word in one.words for word in words))
    return not any(_leans(words, typed, place, language) for place in range(len(words)))


def _small_words() -> frozenset[str]:
    """Those of every language: a question of these alone names nothing."""
    return frozenset().union(*(language.words for language in _LANGUAGES))


def _leans(words: Sequence[str], typed: Sequence[str], place: int, language: _Language) -> bool:
    """Whether the word at `place` stands for something that the question does not name."""
    word = words[place]
    if place + 1 == len(words) and word in language.final:
        return True
    following = words[place + 1] if place + 1 < len(words) else ""
    if word not in language.pronouns | language.possessives | language.pointing:
        return False
    if typed[place].isupper() and len(word) > 1:
        return False  # an abbreviation: "the IT contract"
    if typed[place] in ("Sie", "Ihnen", "Ihre", "Ihren", "Ihrem", "Ihrer") and place:
        return False  # German: the person who is asked
    if _is_empty(words, place, language):
        return False
    if word in language.pointing and (following in _DOCUMENTS or _joins(words, place, language)):
        return False
    return not _is_named_before(words[:place], word, following, language)


def _is_empty(words: Sequence[str], place: int, language: _Language) -> bool:
    """Whether the pronoun stands for nothing: "is there", "is it allowed"."""
    before = (words[place - 1] if place else "", words[place])
    after = (words[place], words[place + 1] if place + 1 < len(words) else "")
    return before in language.empty_before or after in language.empty_after


def _joins(words: Sequence[str], place: int, language: _Language) -> bool:
    """Whether it is the "that" of "drugs that interact" and not the one of "does that apply"."""
    if words[place] not in language.joining or place + 1 == len(words) or not place:
        return False
    return words[place - 1] not in language.other


def _is_named_before(before: Sequence[str], word: str, following: str, language: _Language) -> bool:
    """Whether a noun of the same question is near enough to be what the pronoun means.

    A possessive, or a French pronoun after its verb, may mean any noun before ("does the tenant
    lose his deposit"); another pronoun only one of an earlier clause ("the deposit when it …").
    """
    nouns = [place for place, one in enumerate(before) if one in language.articles]
    if not nouns or before[-1] in language.articles:
        return False
    if language is _FRENCH or (word in language.possessives and following):
        return True
    return any(one in language.joining for one in before[nouns[0] + 1 :])
