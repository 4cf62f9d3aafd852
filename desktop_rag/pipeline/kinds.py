"""Kinds of things with a form of their own: a deadline, a date, an amount, a dose.

A cross-encoder knows what a sentence is about, and is poor at telling a deadline from talk of
deadlines: there the form decides. Numbers are understood in digits and, the usual ones, in words.
"""

import re
from dataclasses import dataclass

_NUMBER = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty"
    r"|thirty|forty|forty-five|sixty|ninety|hundred|eine[mnrs]?|zwei|drei|vier|fünf|sechs|sieben"
    r"|acht|neun|zehn|zwölf|vierzehn|zwanzig|dreißig|dreissig|sechzig|neunzig|une?|deux|trois"
    r"|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|soixante|quatre-vingt-dix)"
)
_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|mar(?:ch|s)?|märz|apr(?:il)?|avril|may|mai"
    r"|june?|juin|juni|july?|juli|juillet|aug(?:ust)?|août|sept?(?:ember|embre)?|oct(?:ober|obre)?"
    r"|okt(?:ober)?|nov(?:ember|embre)?|dec(?:ember)?|dez(?:ember)?|décembre)\b\.?"
)
_DATE = (
    rf"(?:\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b\d{{4}}-\d\d-\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er)?\.?(?: day)?(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|\b{_MONTH} \d{{4}}\b)"
)
_DURATION = (
    rf"\b{_NUMBER}(?: \(\w+\))?[ -](?:(?:full|clear|business|working|calendar|consecutive|volle"
    r"|vollen|weitere|further|additional) )?(?:days?|weeks?|months?|years?|hours?|minutes?|tage?n?"
    r"|werktage?n?|arbeitstage?n?|wochen?|monate?n?|jahre?n?|stunden?|jours?|semaines?|mois|ans|an|années?"
    r"|heures?)\b"
)
_DAY = (
    r"(?:\b(?:first|second|third|fifth|tenth|fifteenth|last|\d{1,2}(?:st|nd|rd|th)?)"
    r"(?: business| working)? day of (?:the|each|every)\b"
    r"|\b(?:ersten|dritten|fünften|letzten|\d{1,2}\.) (?:werk)?tage?s? (?:des|jedes)\b"
    r"|\b(?:premier|dernier|\d{1,2}) (?:jour )?(?:ouvrable )?(?:du|de chaque) mois\b)"
)
_MONEY = (
    r"(?:(?:[$€£¥]|\b(?:usd|eur|gbp|chf|fr\.|us\$|rs\.?)) ?\d[\d.,’' ]*\d|[$€£¥] ?\d"
    r"|\b\d[\d.,’' ]*(?: ?[€$£]| (?:euros?|dollars?|pounds?|francs?|franken|crowns?|kronen"
    r"|couronnes|eur|usd|gbp|chf)\b))"
)
_DOSE = (
    r"(?<!\bin )\b\d[\d.,]*(?: ?[-–x/] ?\d[\d.,]*)? ?(?:mg|mcg|µg|μg|ug|g|ml|iu|i\.e\.|ie|units?"
    r"|einheiten|unités?|tablets?|tabletten?|comprimés?|puffs?|drops?|tropfen|gouttes?)\b"
    r"(?! ?/ ?(?:d?l|ml|min|h)\b)"
)
_PERCENT = r"\b\d[\d.,]* ?(?:%|percent|per cent|prozent|pour ?cent)"
# Words that make a day or a span of time one to be kept.
_DUE = re.compile(
    r"\b(?:within|(?:no|not) (?:later|less|earlier) than|before|by (?=\d|the |[a-z]+ \d)|until"
    r"|till|prior to|at least|after|following|due|deadline|expir\w+|notice|from the date|per month"
    r"|in advance|terminat\w+|ends?|ending|innerhalb|binnen|spätestens|bis|vor|nach|mindestens"
    r"|fällig|frist\w*|\w*frist|kündig\w*|endet|läuft|dans|avant|au plus tard|jusqu\w*|après"
    r"|au moins|sous|échéance|délais?|préavis|expire\w*)\b",
    re.IGNORECASE,
)


_NOTICE = re.compile(r"\b(?:notice|kündig\w*|préavis)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing with a form of its own: how it is called, and how it looks."""

    called: re.Pattern[str]
    looks: re.Pattern[str]
    beside: re.Pattern[str] | None = None

    def is_in(self, sentence: str) -> bool:
        """Whether the sentence holds one."""
        return self.looks.search(sentence) is not None and (
            self.beside is None or self.beside.search(sentence) is not None
        )


def _kind(called: str, looks: str, beside: re.Pattern[str] | None = None) -> Kind:
    name = re.compile(rf"\b(?:{called})\b", re.IGNORECASE)
    return Kind(name, re.compile(looks, re.IGNORECASE), beside)


_KINDS = (
    _kind(
        r"notice periods?|kündigungsfrist(?:en)?|délais? de préavis",
        f"{_DATE}|{_DURATION}",
        _NOTICE,
    ),
    _kind(
        r"deadlines?|due dates?|time[- ]limits?|\w*fristen|\w*frist|fälligkeiten"
        r"|échéances?|délais?|dates? limites?|préavis",
        f"{_DATE}|{_DURATION}|{_DAY}",
        _DUE,
    ),
    _kind(r"dates?|daten|datum(?:sangaben)?|termine?", _DATE),
    _kind(r"periods?|durations?|zeiträume?|laufzeiten|durées?|périodes?", _DURATION),
    _kind(
        r"amounts?(?: of money)?|sums?(?: of money)?|payments?|prices?|fees?|costs?|\w*beträge"
        r"|\w*betrag|\w*zahlungen|\w*preise|\w*kosten|\w*gebühren|montants?|paiements?|sommes?|prix"
        r"|frais",
        _MONEY,
    ),
    _kind(r"doses?|dosages?|dosierung(?:en)?|dosen|dosis|posologies?", _DOSE),
    _kind(r"percentages?|prozentsätze|pourcentages?", _PERCENT),
)


def kind_named(target: str) -> Kind | None:
    """The kind that the words of a question name (“all deadlines for the tenant”), if any."""
    return next((kind for kind in _KINDS if kind.called.search(target)), None)
