"""How people ask about whole documents, in English, German and French: patterns and their words.

In the patterns `DOCS` is a plural noun for documents, `HOLD` a verb of what documents do, `SICK`
people who have a file, `TARGET` what is sought.
"""

import re
from dataclasses import dataclass

from desktop_rag.domain import WholeKind

# One document. German compounds end in these: “Mietvertrag”, “Entlassungsbrief”.
_ONE = (
    r"documents?|file|pdf|paper|record|report|letter|contract|agreement|lease|policy|deed|will|case"
    r"|guideline|invoice|judge?ment|transcript|statement|article|text|chart|bulletin|protocol|memo"
    r"|\w*(?:dokuments?|vertrage?s?|bericht(?:e?s)?|brief(?:e?s)?|gutachtens?|urteils?|akte"
    r"|protokolls?|leitlinie|rechnung|vereinbarung|datei|schreibens?|textes)"
)
_ONE_FRENCH = (
    r"document|fichier|contrat|bail|rapport|lettre|dossier|convention|accord|jugement|facture"
    r"|compte[- ]rendu|texte|article|avenant|courrier"
)
_MANY = (
    r"(?:documents|files|pdfs|papers|records|reports|letters|contracts|agreements|leases|policies"
    r"|deeds|wills|guidelines|invoices|judge?ments|transcripts|statements|articles|studies|memos"
    r"|\w*(?:dokumenten?|verträgen?|berichten?|briefen?|gutachten|urteilen?|akten|protokollen?"
    r"|leitlinien|rechnungen|vereinbarungen|dateien|schreiben|texten?)"
    r"|contrats|fichiers|baux|rapports|lettres|dossiers|conventions|accords|jugements|factures"
    r"|courriers|textes|avenants)"
)
_PEOPLE = r"(?:patients|patienten|patientinnen|patientes|clients|mandanten|tenants|mieter)"
# Said of a document, and not of one that somebody has to hand in.
_HOLD = (
    r"(?:(?:do not |does not |don['’]t |doesn['’]t |ne )?"
    r"(?:mentions?|contains?|includes?|have(?! been)|holds?|states?|says?|provides?|refers?"
    r"|discuss|covers?|deals?|talks?|speaks?|concerns?|names?|allows?|permits?|gives?|grants?|caps?"
    r"|limits?|lacks?|expires?|ends?|renews?|describes?|address|imposes?|prohibits?|forbids?"
    r"|restricts?|specify|are (?:about|governed|signed|dated|silent|due)"
    r"|enthalten|erwähnen|nennen|haben|regeln|behandeln|sehen|verbieten|erlauben|laufen|enden"
    r"|beschreiben|betreffen|sprechen|verweisen"
    r"|contiennent|mentionnent|(?:n['’])?ont|prévoient|parlent|traitent|citent|comportent"
    r"|évoquent|concernent|interdisent|autorisent|expirent|décrivent|stipulent))"
)
_SICK_ARE = (
    r"(?:take|are (?:on|taking|allergic|prescribed)|nehmen|sind allergisch|bekommen|prennent"
    r"|sont (?:sous|allergiques))"
)
_MINE = (
    r"(?:of (?:all (?:of )?)?(?:my|our|these|those|the)|(?:von |unter )?(?:allen )?(?:meinen?r?"
    r"|unserer?n?|dieser?n?|den|der)|(?:de |parmi )?(?:tous )?(?:mes|nos|ces|les)|des)"
)
_OWN = r"(?:of (?:all (?:of )?)?(?:my|our|these)|(?:meiner|unserer|dieser)|(?:de )?(?:mes|nos|ces))"
_JOIN = r"(?:,? (?:that|which|who|in which|die|welche|in denen|qui|où|dans lesquel(?:le)?s))?"
_WORDS = {
    "DOCS": _MANY,
    "SICK": _PEOPLE,
    "HOLD": _HOLD,
    "ARE": _SICK_ARE,
    "MINE": _MINE,
    "OWN": _OWN,
    "JOIN": _JOIN,
    "TARGET": r"(?P<target>\S.*)",
    "WITHIN": r"(?P<within>\S.*?)",
    "ME": r"(?:[ -](?:me|us|mir|uns|moi|nous|bitte|out|up))*",
    "ALL": r"(?:all|every|each|any|alle|sämtliche|jede[nrs]?|tous|toutes|chaque)(?: of)?"
    r"(?: the| my| our| les| mes| nos)?",
}

DOCUMENT = re.compile(rf"(?:{_ONE}|{_MANY}|{_ONE_FRENCH}|{_PEOPLE}|.*\.pdf)", re.IGNORECASE)
FRENCH_DOCUMENT = re.compile(rf"(?:{_ONE_FRENCH})s?", re.IGNORECASE)
# “… in my contracts”, “… of the lease”, at the end of a question.
WITHIN = re.compile(
    r"\s(?:in|of|from|across|within|throughout|over|under|aus|im|von|vom|zum|dans|de|du|des)"
    r" (?:(?P<many>(?:all|any|each|every|allen?|tous|toutes)? ?(?:of )?(?:the|my|our|these|those"
    rf"|den|meinen|unseren|diesen|les|mes|nos|ces)? ?(?:{_MANY}|library|bibliothek|bibliothèque))"
    r"|(?P<one>(?:the|this|my|our|that|dem|der|den|diese[mnr]|meine[mr]|le|la|ce|cet|cette|mon|ma)"
    rf" (?:\w+ ){{0,2}}?(?:{_ONE}|{_ONE_FRENCH})|{_ONE_FRENCH}|mietvertrag|vertrag|\S.*\.pdf))$",
    re.IGNORECASE,
)
# The verbs that say nothing but that something stands there.
STANDS_THERE = re.compile(
    r"^(?:(?:do|does) not |don['’]t |doesn['’]t |ne |n['’])?(?:mentions?|contains?|includes?|have"
    r"|has|holds?|refers? to|discuss(?:es)?|covers?|deals? with|(?:talks?|speaks?) (?:about|of)"
    r"|concerns?|are about"
    r"|lacks?|(?:says?|states?) (?:anything|something) (?:about|on)|enthalten|erwähnen|nennen|haben"
    r"|behandeln|betreffen|contiennent|mentionnent|ont|citent|comportent|évoquent|concernent"
    r"|parlent d[eu]s?|traitent d[eu]s?)\s+(?:(?:no|any|keinen?|pas d[e’'])\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A way to ask; `pattern` has a group `target` or `within`."""

    kind: WholeKind
    pattern: re.Pattern[str]
    of_documents: bool = False


def _forms(kind: WholeKind, *patterns: str, of_documents: bool = False) -> list[Form]:
    names = re.compile("|".join(_WORDS))
    filled = [names.sub(lambda one: _WORDS[one.group()], pattern) for pattern in patterns]
    return [Form(kind, re.compile(rf"{one}$", re.IGNORECASE), of_documents) for one in filled]


_SUMMARIES = (
    r"(?:summari[sz]e|sum up|recap)(?: WITHIN)?(?: for me| briefly| in .{3,40})?",
    r"(?:give|write|make|provide|show|prepare)ME (?:an?|the) (?:\w+ )?(?:summary|overview)"
    r" of WITHIN",
    r"(?:an? |the )?(?:\w+ )?(?:summary|overview) of WITHIN",
    r"what(?: is| are|['’]s) (?P<within>(?:this|these|the|my|our|that)(?: .+?)?)(?: all)? about",
    r"(?:fasse?|fassen sie)ME WITHIN(?: kurz)? zusammen",
    r"(?P<within>.+?)(?: kurz)? zusammenfassen",
    r"(?:gib|geben sie|erstellen?(?: sie)?|schreiben?(?: sie)?)ME eine[n]? (?:\w+ )?"
    r"(?:zusammenfassung|überblick) (?:(?:über|von|zu) )?WITHIN",
    r"(?:eine )?(?:kurze )?zusammenfassung (?:von )?WITHIN",
    r"(?:worum geht es in|worum geht['’]?s in|wovon handel[nt]+|was steht in) WITHIN",
    r"(?:résume[rz]?|synthétise[rz]?)ME WITHIN",
    r"(?:fai(?:s|tes|re)|donne[rz]?|écri(?:s|vez|re))ME (?:un|le) (?:\w+ )?résumé"
    r" d(?:e|u|es|['’]) ?WITHIN",
    r"(?:un )?(?:bref )?résumé d(?:e|u|es) WITHIN",
    r"de quoi (?:parlent?|parle|traitent?|traite|s['’]agit-il dans) WITHIN",
)
_LISTS = (
    r"(?:list|enumerate)ME (?:all|every|each)(?: of)?(?: the| my)? TARGET",
    r"(?:list|enumerate)ME (?:the|my|any) (?P<target>\S+s\b.*|.+? [^\W\d_]{3,}s)",
    r"(?:give|make|show|provide|write|compile|prepare|create|get)ME (?:an?|the) (?:\w+ )?list"
    r" (?:of|with)(?: all)?(?: of)?(?: the| my)? TARGET",
    r"(?:an? |the )?(?:complete |full )?list of (?:all|every)(?: the)? TARGET",
    r"(?:find|show|get|extract|collect|give|name|tell)ME (?:all|every|each)(?: of)?(?: the)?"
    r"(?: (?:mentions?|occurrences?|instances?|references?|passages?) (?:of|to|on|about))? TARGET",
    r"what are all (?:of )?(?:the|my) TARGET",
    r"(?:listen?(?: sie)?|zählen?(?: sie)?|führen?(?: sie)?)ME (?:alle|sämtliche|jede[nrs]?|die)"
    r" (?P<target>.+?) auf",
    r"(?:listen?|nennen?|zeigen?|finden?|suchen?)(?: sie)?ME (?:alle|sämtliche|jede[nrs]?)"
    r"(?: (?:erwähnungen|stellen) (?:von|mit|zu|zum|zur))? TARGET",
    r"(?:gib|geben sie|erstellen?(?: sie)?|machen?(?: sie)?|schreiben?(?: sie)?)ME (?:eine|die)"
    r" (?:\w+ )?liste (?:mit |von )?(?:allen |aller |der |den )?TARGET",
    r"(?:eine )?liste (?:aller|sämtlicher) TARGET",
    r"(?:alle|sämtliche) (?P<target>.+?) (?:auflisten|aufzählen|nennen|finden|zeigen)",
    r"was sind alle TARGET",
    r"(?:liste[rz]?|énumère[rz]?|énumérez)ME (?:tous les|toutes les|chaque|les) TARGET",
    r"(?:donne[rz]?|fai(?:s|tes|re)|dresse[rz]?|établi(?:s|ssez|r))ME (?:la|une) liste"
    r" (?:complète )?(?:de tou(?:te)?s les |des |de |d['’])TARGET",
    r"(?:trouve[rz]?|cherche[rz]?|montre[rz]?|affiche[rz]?|cite[rz]?|indique[rz]?|relève|relevez)ME"
    r" (?:tous les|toutes les|chaque)"
    r"(?: (?:mentions?|occurrences?|références?) (?:de |du |des |d['’]))? ?TARGET",
    r"(?:quels|quelles) sont tou(?:te)?s les TARGET",
)
_WHICH = (
    r"(?:(?:in|from|under|dans|aus|nach) )?(?:which|welche[rsnm]?|les?quel(?:le)?s|quel(?:le)?s)"
)
_MANY_OF = r"(?:(?:in|dans) )?(?:how many(?: different)?|wie ?viele[rn]?|combien(?: de| parmi)?)"
_NO_DUTY = r"(?!(?:shall|must|should|takes? precedence|prevails?|müssen|sollen|doivent)\b)"
_FIND = (
    r"(?:list|find|show|give|name|get|nennen?|zeigen?|finden?|suchen?|listen?|liste[rz]?|trouve[rz]?"
    r"|montre[rz]?|cherche[rz]?)ME ALL"
)
_OF_DOCUMENTS = (
    rf" MINE (?:\d+ )?DOCSJOIN {_NO_DUTY}TARGET",
    rf" OWN SICKJOIN {_NO_DUTY}TARGET",
    r" DOCSJOIN (?P<target>HOLD\b.*)",
    r" SICKJOIN (?P<target>ARE\b.*)",
)
_IN_WHICH = (r"(?:in which|in welchen|dans (?:les?)?quel(?:le)?s)(?: MINE)? DOCS TARGET",)
_IN_HOW_MANY = (r"(?:in how many|in wie ?vielen|dans combien(?: de)?)(?: MINE)? DOCS TARGET",)
_PLACES = (
    r"how (?:many times|often) (?:is|are|was|were|does|do|did) (?P<target>.+?) (?:mentioned|named"
    r"|cited|referred to|quoted|discussed|occur|appear|come up)(?P<rest> .*)?",
    r"how many (?:mentions|occurrences|references) (?:of|to) (?P<target>.+?)"
    r"(?: (?:are|is) there.*)?",
    r"wie (?:oft|häufig) (?:wird|werden|ist|kommt|kommen|taucht|tauchen) (?P<target>.+?)"
    r" (?:erwähnt|genannt|zitiert|vor|auf)",
    r"combien de fois (?P<target>.+?) (?:est|sont|apparaît|apparaissent|figure|figurent)"
    r"(?:[ -](?:ils?|elles?))?(?: (?:mentionné|nommé|cité)e?s?)?(?P<rest> .*)?",
)

FORMS: tuple[Form, ...] = (
    *_forms(WholeKind.SUMMARY, *_SUMMARIES),
    *_forms(WholeKind.WHICH, *(_WHICH + one for one in _OF_DOCUMENTS), of_documents=True),
    *_forms(WholeKind.COUNT, *(_MANY_OF + one for one in _OF_DOCUMENTS), of_documents=True),
    *_forms(WholeKind.WHICH, *_IN_WHICH, of_documents=True),
    *_forms(WholeKind.COUNT, *_IN_HOW_MANY, of_documents=True),
    *_forms(
        WholeKind.WHICH,
        rf"{_FIND} DOCSJOIN (?P<target>HOLD\b.*)",
        rf"{_FIND} DOCS (?:with|about|on|mentioning|containing|without|mit|über|ohne|zu|avec|sur"
        r"|sans|mentionnant|contenant|where|in which|in denen|où) TARGET",
        of_documents=True,
    ),
    *_forms(WholeKind.COUNT, *_PLACES),
    *_forms(WholeKind.LIST, *_LISTS),
)
