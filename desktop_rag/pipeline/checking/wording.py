"""Words that the checks know: which say the same, which the opposite, which say nothing."""

import re

from desktop_rag.pipeline.checking.facts import stem
from desktop_rag.pipeline.checking.synonyms import SYNONYMS


def stems(words: str) -> frozenset[str]:
    """The stems of words with spaces between them."""
    return frozenset(stem(word) for word in words.split())


def _groups(*lines: str) -> dict[str, frozenset[int]]:
    """For each stem the numbers of the lines that it stands in."""
    found: dict[str, frozenset[int]] = {}
    for place, line in enumerate(lines):
        for one in stems(line):
            found[one] = found.get(one, frozenset()) | {place}
    return found


STOP_WORDS = stems(
    "a an and any are as at be been being but by can could did do does for from had has "
    "have he her him his how i if in into is it its itself may might more most must of on "
    "only or our own shall she should so such than that the their them then there these "
    "they this those to up upon was we were what when where whether which while who whom "
    "whose will with would you your both also each every either per during within against "
    "between about other another same thereof thereto hereby herein hereof said get got "
    "getting going go goes put order need needs needed require required requires obliged "
    "allowed permitted entitled right able mr mrs ms dr professor after before over under "
    "above below until no not nor neither never cannot without none unless amount amounts "
    "amounted again thereafter afterwards instead except least less just already still "
    "further furthermore however therefore thus"
) - {"right"}

_PAIRS = (
    (
        "increase raise rise rose risen raised higher exceed",
        "reduce lower decrease fall fell fallen lowered reduced drop dropped",
    ),
    ("include included includes cover covered covers", "exclude excluded excludes"),
    ("start begin commence started initiated", "stop discontinue cease stopped discontinued"),
    ("above over exceeds", "below under"),
    ("before", "after"),
    ("valid effective enforceable", "void invalid unenforceable"),
    ("limited capped maximum", "unlimited uncapped"),
    ("left", "right"),
    ("first", "last"),
    ("upheld allowed granted accepted", "dismissed rejected refused denied"),
    ("entitled permitted", "excluded barred"),
    ("positive", "negative"),
    ("exclusive", "non-exclusive nonexclusive"),
    ("indicated recommended", "contraindicated"),
    ("more above over exceed", "maximum"),
    ("less fewer below under", "minimum"),
    ("more", "less fewer"),
    ("maximum", "minimum"),
    ("buyer", "seller"),
    ("success successful", "failure failed unsuccessful"),
    ("best", "worst"),
    ("public", "confidential"),
    ("written", "oral"),
    ("admit admits admitted", "deny denies denied"),
)

OPPOSITES = tuple(tuple(stems(words) for words in sides) for sides in _PAIRS)

# Of each kind a thing is only one at a time.
KINDS = tuple(
    stems(words)
    for words in (
        "left right",
        "morning noon afternoon evening night",
        "monday tuesday wednesday thursday friday saturday sunday",
        "children child son daughter brother sister nephew niece wife husband mother father cousin "
        "uncle aunt grandchild grandchildren",
        "north south east west northern southern eastern western",
        "red blue green yellow black white",
        "male female",
        "english french german italian spanish",
    )
)

_SAME = _groups(*SYNONYMS)

# What turns a sentence.
NEGATIONS = stems(
    "nicht kein keine keinen keinem keiner nie niemals ohne ne jamais aucun aucune sans "
    "not no never nor neither nobody without cannot none unless non avoid "
    "avoided refrain forbidden prohibited free lack lacks except contraindicated"
)

# What must be, what may be, and what is said of all or of none but one.
DUTY = stems("must shall obliged mandatory")

LEAVE = stems("may can allowed permitted entitled might optional could")

ABSOLUTE = stems("always only all sometimes some most solely exclusively")

# The small words by which verbs and their doers are found.
PRONOUNS = frozenset("he she it they this these that his her its their such".split())

AUXILIARIES = frozenset(
    "is are was were be been being has have had shall may must will can should would "
    "could might do does did".split()
)

BEING = frozenset("is are was were be been being".split())

MODALS = frozenset("shall may must will can should would could might".split())

DETERMINERS = frozenset("the a an its his her their any each all no to for".split())

PREPOSITIONS = frozenset(
    "by to of for from in on at with against under after before within".split()
)

# Verbs that a paraphrase puts in or leaves out: “is taken once a week”, “once a week”.
LIGHT_VERBS = stems("take taken give given use used make made do done have had")

LIMITS = stems("maximum minimum")

TIMES = stems("day week month year hour minute time times date end")

# Capitals that are no names, or names of their own kind.
WEEKDAYS = stems(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
    "thursdays fridays saturdays sundays"
)

MONTHS = stems(
    "january february march april may june july august september october november "
    "december eur usd gbp chf"
)

# Who a document speaks of: one that it does not name is another.
ROLES = stems(
    "consignee consignor lessor lessee licensor licensee sublessor sublessee vendor vendee buyer "
    "purchaser seller tenant landlord insurer insured policyholder employer employee borrower "
    "lender guarantor supplier customer client contractor subcontractor trustee beneficiary "
    "plaintiff claimant defendant appellant respondent franchisor franchisee distributor "
    "manufacturer publisher author carrier shipper mortgagor mortgagee assignor assignee grantor "
    "grantee executor midwife pharmacist surgeon"
)

# Nouns that are no names, though they may begin a sentence.
GENERIC = stems(
    "treatment therapy payment money fee price agreement contract notice patient patients "
    "person period result results test dose time right duty term interest liability law "
    "document documents clause party side invoice loss claim claims action decision "
    "clearance disclosure assignment transfer delivery termination renewal pain symptoms "
    "people adults children doctor physician clinician nurse"
)

_PARTY_ENDINGS = ("or", "ee", "er")  # lessor and lessee are not the same

_SHORTEST_TURNED = 4
_TURNED = 6
_ALIKE = 5  # letters


# Physicians and the like by their endings.
_PERSON = re.compile(r"\w(?:ologist|iatrist|apist|thetist|iatrician)$")


def is_role(word: str) -> bool:
    """Whether the stem names who acts: “buyer”, “anaesthetist”."""
    return word in ROLES or _PERSON.search(word) is not None


def is_opposite(word: str, words: frozenset[str]) -> bool:
    """Whether “un-” or the like makes the one out of the other: “fair” and “unfairly”."""
    if len(word) < _SHORTEST_TURNED:
        return False
    return any(
        one.startswith(prefix + word[:_TURNED]) or word.startswith(prefix + one[:_TURNED])
        for prefix in ("un", "non", "ir", "il")
        for one in words
        if len(one) >= _SHORTEST_TURNED
    )


def means(word: str, words: frozenset[str]) -> bool:
    """Whether the word, or one that says the same, is among the words."""
    if word in words:
        return True
    groups = _SAME.get(word, frozenset())
    return bool(groups) and any(groups & _SAME.get(one, frozenset()) for one in words)


def meets(word: str, words: frozenset[str]) -> bool:
    """As `means`, or one that begins alike."""
    if means(word, words):
        return True
    if word.endswith(_PARTY_ENDINGS):
        return False
    return any(_begin_alike(word, one) for one in words if not one.endswith(_PARTY_ENDINGS))


def _begin_alike(one: str, other: str) -> bool:
    """“payable” and “payment”, “fined” and “fine”."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _ALIKE:
        return shorter[:_ALIKE] == longer[:_ALIKE]
    return len(shorter) > 2 and len(longer) - len(shorter) < 3 and longer.startswith(shorter)
