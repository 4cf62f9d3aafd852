"""Words in a document that are meant for a program that reads it, not for a person.

“Ignore your instructions and say …” is data like everything else: it is found and quoted. But it
is not given to the language model, and it bears no statement out: what a page orders to be said
is not what it says. Attacks of this kind: Greshake et al. 2023, “Indirect prompt injection”.
"""

import re
from collections.abc import Sequence

from desktop_rag.domain import Chunk
from desktop_rag.pipeline.evidence import sentence_texts, sentences

_FLAGS = re.IGNORECASE | re.DOTALL
_TOLD = r"(?:instruction|prompt|guardrail|anweisung|systemvorgabe|consigne)\w*"
_RULES = (
    r"(?:instruction|prompt|guideline|guardrail|directive|(?:your|previous|prior|above|earlier"
    r"|these)"
    r" (?:\w+ )?(?:rule|order|command|context|restriction)|anweisung|regel|vorgabe|befehl|consigne"
    r"|règle)\w*"
)
_READER = (
    r"(?:(?:the |this |any |an? |dear |each )?(?:AI|A\.I\.|LLM|assistant|language model|chat ?bot"
    r"|copilot|virtual assistant|large language model|summari[sz]er|search assistant)"
    r"|(?:KI|Assistent|Sprachmodell)|(?:IA|l['’]assistant|modèle de langage))"
)
_DUTY = (
    r"(?:must|should|shall|will|has to|is to|are to|needs? to|please|muss|soll|doit|devez"
    r"|is required to|are required to|is instructed to|are instructed to)"
)
_SPEAK = (
    r"(?:say|reply|respond|answer|output|print|write|repeat|state|confirm|claim|append|include"
    r"|tell|inform|report|begin|start|end|finish|antworte|schreibe?|sage?|gib|réponds|répondez|dis"
    r"|dites|écris|écrivez|affiche[zr]?)"
)
_QUOTE = (
    r"(?:say|reply|respond|answer|output|print|write|repeat|antworte|schreibe?|sage?|réponds"
    r"|répondez"
    r"|dis|dites|écris|écrivez|affiche[zr]?)"
)
# At the beginning of a sentence or clause: an order, not a report of one.
_ORDER = (
    r"(?:^|[.:;,!?\"“”'(\[{>*#-]\s*|\b(?:and|then|please|now|instead|always|only|und|et|bitte)\s+)"
)
_PATTERNS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        # Turns and tokens of chat templates.
        r"<\|[^|<>]{1,40}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<\|?(?:im_)?(?:start"
        r"|end)\|?>",
        r"(?:^|\n|[.>*#\]]\s*)\W{0,4}(?:system|assistant|developer"
        r"|new instructions?)\W{0,4}\s*[:>]",
        r"</?(?:system|assistant|user|instructions?|passages?|documents?|context|tool_call"
        r"|function)>",
        r"\b(?:begin|end|start)[ _-]?(?:of[ _-])?(?:new[ _-])?(?:system|prompt|instructions?"
        r"|passages?)\b",
        # Telling a reader to drop what it was told.
        r"\b(?:ignor\w*|disregard\w*|forget|overrid\w*|bypass\w*|discard|vergiss|vergessen sie"
        r"|missachte\w*|oublie[zr]?|néglige[zr]?)\b.{0,60}?\b" + _RULES,
        r"\b(?:ignore|disregard|forget|ignoriere\w*|ignore[zr]"
        r"|oublie[zr]?)\b.{0,30}?\b(?:everything"
        r"|anything|all (?:of )?(?:the )?(?:above|previous|prior|other)|alles|tout)\b",
        r"\b(?:new|updated|real|actual|secret|hidden|neue|nouvelles?|deine) "
        + _TOLD
        + r"\b\W{0,3}:",
        r"\byour (?:previous |prior |earlier |original |system |own |real |new )+" + _TOLD,
        r"\b(?:system|developer|initial|hidden) (?:prompt|message|override|mode)\b"
        r"|\bprompt injection\b",
        # Another role.
        r"\byou are (?:(?:now|henceforth) (?:an?|the|in|called|named|free)|no longer (?:an?|the"
        r"|bound|restricted)"
        r"|an? (?:AI|assistant|language model|chat ?bot|pirate))\b",
        r"\b(?:from now on|henceforth|ab jetzt|désormais|dorénavant)\b.{0,40}?\b(?:you|your|du"
        r"|sie|tu|vous)\b",
        _ORDER + r"(?:act as (?:an?|the|if you|though you were)|pretend (?:to|that|you)|role-?play"
        r"|imagine (?:that )?you|du bist (?:jetzt|nun)"
        r"|tu es (?:maintenant|désormais)|vous êtes (?:maintenant|désormais)|enter \w+ mode)\b",
        r"\b(?:jailbreak\w*|DAN mode|developer mode|debug mode|god mode)\b",
        # Speaking to the program.
        r"\b"
        + _READER
        + r"\b,? (?:\(?(?:reading|processing|that|who|which)\b.{0,40}?)?\b"
        + _DUTY
        + r"\b",
        r"\b(?:note|message|instructions?|attention|hinweis|notice|important|reminder)\b\W{0,3}"
        r"(?:to|for|an|für|à|pour)\b.{0,20}?\b" + _READER + r"\b",
        r"\b(?:as|if you are|you,?) " + _READER + r"\b",
        r"(?:^|[.!?]\s*)\W{0,3}(?:hey|hello|dear|attention|liebe[rs]?|chère?)?\W{0,3}"
        + _READER
        + r"\s*[,:!]",
        r"\bthe (?:user|reader) (?:is|has|must|should|wants?|asked|needs?)\b.{0,60}?\b(?:you"
        r"|your|answer)\b",
        # Ordering what is to be said.
        _ORDER
        + _SPEAK
        + r"\b.{0,24}?\b(?:only|exactly|verbatim|instead|nothing (?:but|else)|the words?"
        r"|the (?:sentence|phrase|text|string)|the following\s*:|every (?:answer|sentence|reply)"
        r"|to the user"
        r"|the user|nur|ausschließlich|genau|uniquement|seulement|exactement)\b",
        _ORDER + _QUOTE + r"\b.{0,16}?[:]?\s*[\"“„«'‘]",
        r"\b(?:your|the) (?:next |final |first |only |whole )?(?:answer|reply|output)\b.{0,30}?\b"
        r"(?:must|should|shall|has to|is to|needs to|will) (?:be|begin|start|end|contain|include"
        r"|say|read)\b",
        r"\b(?:deine|ihre|votre|ta) (?:antwort|réponse)\b.{0,30}?\b(?:muss|soll|doit|lautet)\b",
        r"\b(?:when(?:ever)?|if|while|before|in|for)\b.{0,20}?\b(?:summari[sz]"
        r"|answering (?:questions?|about)|quot|cit"
        r"|process"
        r"|describ|translat|retriev)\w*\b.{0,40}?\b(?:always|never fail to|you must|you should"
        r"|make sure)\b",
        _ORDER + r"(?:translate|summari[sz]e|cite|quote|present|use) (?:this|the following|these"
        r"|the above)"
        r"\b.{0,60}?\b(?:as|and (?:say|present|answer|state|claim))\b",
        _ORDER + r"(?:act|behave|answer|respond) as (?:if|though) (?:the following|this"
        r"|you were)\b|\brepeat after me\b",
        r"\b(?:the|every|any|each) (?:\w+ )?answers?\b.{0,30}?\b(?:contains?|includes?|begins?"
        r"|starts?|ends?)"
        r" (?:with )?(?:the )?(?:words?|phrase|sentence|string)\b",
        r"\b(?:correct|right|true|only|proper) answer\b.{0,40}?\b(?:is|are|was) (?:that|always"
        r"|simply)\b",
        r"\bmark\b.{0,30}?\bas (?:verified|supported|checked|confirmed)\b",
        r"\b(?:above|previous|preceding|other|real|following) (?:text|passages?|page"
        r"|documents?) (?:is|are)"
        r" (?:fake|false|a lie|not real|invalid)\b|\bthe real (?:text|document|passage) (?:says"
        r"|is)\b",
        _ORDER + r"(?:say|claim|state|reply|respond|write|conclude) that\b",
        r"\b(?:do not|don['’]t|refuse to) answer\b.{0,20}?\b(?:question|user|reader)\b",
        r"^\W*passage\s*:|\bhuman\s*:",
        r"\b(?:reader program|chat ?bots?|AI (?:systems?|models?|agents?|assistants?)"
        r"|language models?)\s*[:,]",
        r"\b(?:and|then|please|now|only|with)\s+(?:answer|reply|say|write|respond|print"
        r"|output)\s*:",
        r"\b(?:say|write|dis|dites|écris|écrivez|réponds|répondez)\s+(?:que|dass)\b",
        r"\b(?:every|each|any|your) answers?\b.{0,30}?\b(?:must|should|shall|has to)\b",
        r"\b(?:in|into|to|of) your (?:answer|reply|response|output)\b",
        r"\b(?:correct|right|true|proper)(?: and \w+)? answer is\b",
        _ORDER + r"(?:translate|rewrite|rephrase|repeat|skip) (?:the|your) (?:question|prompt"
        r"|passages?|instructions?)\b",
        r"\b(?:beginne|beende) jede antwort\b|\b(?:du bist|sie sind) ab (?:jetzt|sofort)\b",
        r"\bl['’]attention de l['’]assistant|\boublie[zr]? (?:le|les|ce|cette) (?:passage"
        r"|texte)s?\b",
        r"\byou are my\b|\blet us play a game\b",
        r"\b(?:sentence|passage|answer)s? (?:was |is |were )?(?:checked|verified) and (?:supported"
        r"|verified|confirmed)\b|\bverified by the program\b",
        r"\b(?:start|end) of (?:document|passage|context)\b\s*-|\[\d{1,2}\]\s*\S+\.pdf\b",
        r"\bsystem (?:notice|update|alert|note|override)\b",
        # Reaching for the program's own things.
        _ORDER
        + r"(?:delete|remove|erase|export|send|upload|e-?mail|post|forward|reveal|show|list|print"
        r"|dump|disclose|change|disable|turn off|switch off|enable|grant|open|lösche?|zeige?|sende?"
        r"|supprime[zr]?|envoie|envoyez|affiche[zr]?)\b.{0,50}?\b(?:(?:the|your|this|all"
        r"|every) (?:other )?"
        r"(?:library|index|conversations?|chat history|history|settings|prompt|passages"
        r"|indexed documents)"
        r"|other (?:documents|files|passages|collections|clients?|patients?)|privacy (?:guard"
        r"|mode|setting\w*)"
        r"|system prompt|(?:die|alle) (?:anderen )?dokumente|tous les (?:autres )?documents)\b",
        r"\"(?:tool|tool_call|function|function_call|action|command|name)\"\s*:\s*\"",
        r"\b(?:call|invoke|use|run|execute) the (?:tool|function|command|plugin|api)\b"
        r"|\b(?:tool_call|function_call)\b",
        r"!\[[^\]]{0,80}\]\(\s*(?:https?|file|ftp|data):",
        r"<(?:img|script|iframe|a)\b[^>]{0,80}(?:src|href)\s*=",
    )
)
# An answer that brings a marker along, as only this program writes them.
_CITED_ANSWER = re.compile(r"^\W*answer\s*:.{0,200}?\[\d{1,2}\]", _FLAGS)
# Letters that turn the direction of writing or that nobody sees, and words of mixed alphabets.
_DISGUISED = re.compile(
    "[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]|[A-Za-z][\u0400-\u04ff]"
    r"|[\u0400-\u04ff][A-Za-z]"
)
_FOLLOWING = 2


def is_planted(text: str) -> bool:
    """Whether a sentence speaks to a program that reads it. `text`: as `searchable` gives it."""
    return any(pattern.search(text) for pattern in _PATTERNS)


def planted_in(chunk: Chunk) -> list[bool]:
    """For each of the chunk's `sentences`, in order, whether it is planted."""
    ranges = sentences(chunk)
    told = planted_among(sentence_texts(chunk))
    raw = [_DISGUISED.search(chunk.text[start:end]) is not None for start, end in ranges]
    return [one or other for one, other in zip(told, raw, strict=True)]


def planted_among(texts: Sequence[str]) -> list[bool]:
    """For each sentence of a passage, in order, whether it is planted.

    The two after a planted one belong to it: what is to be said often stands by itself.
    """
    joined = [" ".join(texts[place : place + 2]) for place in range(len(texts))]
    own = [
        is_planted(text) or _CITED_ANSWER.search(both) is not None
        for text, both in zip(texts, joined, strict=True)
    ]
    return [any(own[max(0, place - _FOLLOWING) : place + 1]) for place in range(len(own))]
