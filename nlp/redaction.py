"""Hides what must not be published: who somebody is, how to reach them, where they live.

The street and the landmark of the problem stay readable. Patterns are a table, tried in order;
each match is replaced by a token such as ``[phone]``. A group named ``keep`` stays in front of it.
"""

import re
from collections.abc import Callable

from nlp.claims import hide_claims
from nlp.health import hide_health
from nlp.names import hide_names

LONGEST = 20_000
"""Characters that are published at most; the rest is cut off."""

_TITLE = r"(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Mm]x|[Dd]r|[Pp]rof|[Rr]ev|[Cc]llr|MR|MRS|MS|DR|CLLR)"
_NAME = r"[A-Z][A-Za-z'\u2019]+(?:-[A-Z][a-z]+)?"
_NAMES = rf"{_NAME}(?:[ \t]+{_NAME}){{0,2}}"
_FULL_NAME = rf"{_NAME}[ \t]+{_NAME}"
_HOUSE = r"(?:no\.? ?|number |num )?\d{1,4}(?:\s?[a-z])?\b(?:\s?[-/]\s?\d{1,4}[a-z]?\b)?"
_FLAT = r"(?:flat|apartment|apt|room|unit|maisonette)(?:(?: no\.?| number)? ?\d{1,4}[a-z]?| [a-z]\d{0,3})\b"
_NOT_PLATE = (
    r"(?!(?i:the|and|for|has|was|are|not|you|but|out|now|can|all|bus|roa|end|van|car|bin|one|two|off|hgv|had|who"
    r"|bad|big|new|old|may|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|ago|day|via|per"
    r"|mph|kmh|yrs|hrs|min|pcs|bag|box|cm|set|to|at|are|its|see|got|put|let|any|his|her|our|top|far|gap|pot|ton"
    r"|way|red|wet|dry|use|sat|ran|cut|dug|hit|men|kid|dog|cat|rat|tip|bed|lit|sky|tax|mot|reg|yet|too|how|why)\b)"
)
_NOT_PAIR = (
    r"(?!(?i:no|at|as|an|am|on|of|or|in|is|it|if|to|by|be|my|me|we|up|us|so|st|se|do|go|gl|he|pm|pt|rd|re|nr"
    r"|ex|ed|ln|le|xx) )"
)
_PLATES = (
    rf"(?<![\w-])[A-HJ-PR-Y]{{2}}[0-7]\d[ -]?{_NOT_PLATE}[A-HJ-PR-Z]{{3}}(?![\w-])",
    rf"(?<![\w-])[A-HJ-NPR-TV-Y]\d{{1,3}}[ -]?{_NOT_PLATE}[A-HJ-PR-Y][A-HJ-PR-Z]{{2}}(?![\w-])",
    rf"(?<![\w-]){_NOT_PLATE}[A-HJ-PR-Y][A-HJ-PR-Z]{{2}}[ -]?\d{{2,3}}[A-HJ-NPR-TV-Y](?![\w-])",
    r"(?<![\w-])[a-hj-pr-y]{2}[0-7]\d[a-hj-pr-z]{3}(?![\w-])",
    r"(?<![\w-])[a-hj-nr-tv-y]\d{2,3}[a-hj-pr-z]{3}(?![\w-])",
    rf"(?<![\w-])(?i:{_NOT_PAIR}[a-hj-pr-y]{{2}}[ ]?[0-7]\d[ -]?{_NOT_PLATE}[a-hj-pr-z]{{3}})(?![\w-])",
    rf"(?<![\w-]){_NOT_PAIR}[A-HJ-PR-Y]{{2}} [0-7]\d {_NOT_PLATE}[A-HJ-PR-Z]{{3}}(?![\w-])",
)
_NORTHERN_IRISH = (
    r"(?i:(?<=\bcar )|(?<=\bvan )|(?<=\breg )|(?<=\bplate )|(?<=\bvehicle )|(?<=\blorry )|(?<=\bmoped ))"
    r"(?i:[a-hj-z]{0,2}[iz][a-hj-z]{0,2} ?\d{1,4})(?![\w-])"
)
_PLATE = re.compile("|".join((*_PLATES, _NORTHERN_IRISH)))

_CALLED_PLATE = re.compile(
    r"(?P<keep>\b(?:reg(?:istration)?|number ?plate|vrm)(?: (?:number|plate|no\.?))?(?: is| was)?[:,]?\s+)"
    r"(?=[a-z\d -]{0,8}\d)(?=[a-z\d ]{0,8}[a-z])(?:[a-z]{1,3}\d{1,4} ?[a-z]{0,3}|\d{1,4} ?[a-z]{1,3})\b",
    re.IGNORECASE,
)

_ROWS: tuple[tuple[str, str, int], ...] = (
    ("[email]", r"[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.IGNORECASE),
    (
        "[email]",
        r"\b[\w.+-]{1,64} ?(?:\(at\)|\[at\]| at ) ?[\w-]{2,63} ?(?:\(dot\)|\[dot\]| dot ) ?[a-z]{2,10}\b",
        re.I,
    ),
    ("[link]", r"\b(?:https?://|www\.)\S*[?&#=]\S*", re.IGNORECASE),
    (
        "[phone]",
        r"(?<![\w/.])(?:(?:\+|00)\s?44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:[\s().-]{0,2}\d){9,10}(?![\d])",
        0,
    ),
    ("[phone]", r"(?<![\w/.])\+(?:[\s().-]{0,2}\d){8,14}(?!\d)", 0),
    (
        "[phone]",
        r"(?P<keep>\b(?:call|ring|text|phone|tel|mobile|mob"
        r"|telephone)\b[^\d\n]{0,15})\d(?:[\s-]?\d){5,11}(?!\d)",
        re.I,
    ),
    (
        "[name]",
        r"(?P<keep>\b(?i:my name(?:'|\u2019)?s?(?: is)?|i am called|i(?:'|\u2019)?m called|name:"
        r"|(?<!property )(?<!house )(?<!flats )(?<!road )(?<!place )(?<!building )(?<!pub )(?<!is )called)"
        r"[ \t]+)"
        rf"(?!(?:A|An|The|Not|In|On|Outside|Very|What|Where|It|To)\b){_NAMES}(?![ \t]+(?:Road|Street"
        rf"|Lane|Park|Avenue|Close|Way|Hill)\b)",
        0,
    ),
    (
        "[name]",
        r"(?P<keep>\bmy name(?:'|\u2019)?s?(?: is)?[ \t]+)(?!is\b)[a-z'-]+(?:[ \t]+(?!and\b|i\b|at\b|from\b"
        r"|the\b)[a-z'-]+)?",
        re.I,
    ),
    (
        "[name]",
        r"(?P<keep>\b(?i:(?:kind |best |warm |many )?regards|yours (?:sincerely|faithfully|truly)"
        r"|sincerely|best wishes"
        rf"|many thanks|thanks|thank you|cheers|rgds"
        rf"|signed)[,.!\s]{{1,4}}(?:(?i:from)[ \t]+)?){_NAMES}(?=[\s.!]*(?:$|\n|\[))",
        0,
    ),
    ("[name]", rf"\b{_TITLE}\.?[ \t]+(?:[A-Z]\.?[ \t]+)?{_NAMES}", 0),
    (
        "[name]",
        r"(?P<keep>\b(?i:my|our|his|her|the) (?i:neighbour|husband|wife|partner|son|daughter|mum|mother"
        r"|dad|father|landlord"
        rf"|tenant|friend|brother|sister|councillor|carer)(?: (?i:is called|called"
        rf"|named))?,?[ \t]+)(?!I\b){_NAMES}",
        0,
    ),
    (
        "[address]",
        rf"(?P<keep>\b(?:i live|we live|i(?:'|\u2019)?m|i am|we are|living|lives|reside|resident"
        rf"|residing|moved in(?:to)?) "
        rf"(?:just )?(?:at|in|of|on|@) )(?:{_FLAT}(?:[ ,]+{_HOUSE})?|{_HOUSE})",
        re.IGNORECASE,
    ),
    (
        "[address]",
        rf"(?P<keep>\b(?:my|our|his|her|their) (?:home )?(?:address(?: is|:)?|house(?: is| number is|,)?"
        rf"|home(?: is)?|property(?: is)?|flat(?: is)?)"
        rf"(?: at| on| number| no)?[ ,:]*)(?:{_FLAT}(?:[ ,]+{_HOUSE})?|{_HOUSE}"
        rf"|\d{{1,4}}[a-z]?\b)",
        re.IGNORECASE,
    ),
    ("[address]", rf"\b{_FLAT}", re.IGNORECASE),
    (
        "[address]",
        r"(?<!bus )(?<!lamp )(?<!light )(?<!post )(?<!stop )(?<!column )(?<!bay )(?<!road )(?<!plot )"
        r"(?<!outside )(?<!opposite )(?<!near )(?<!by )(?<!and )(?<!between )(?<!front of )(?<!house )"
        r"(?<!the )"
        r"\b(?:no\.? ?|number )\d{1,4}[a-z]?\b(?= (?:has|have|had|is|are|keeps?|always|dump\w*|puts?|leaves?"
        r"|plays?|parks?|burns?|owns?|throws?|refuses?|lets?|deals?|sells?|never|lives?|runs|again)\b)",
        re.IGNORECASE,
    ),
    (
        "[address]",
        rf"(?P<keep>\b(?:next door|those|them|they|the lot|lads?|kids?|bloke|guy|fella|girl|boy|lady|couple"
        rf"|dealers?|thief|thieves|someone|somebody|everyone|landlord|mum|dad|nan|gran|mother|father|son|daughter"
        rf"|brother|sister|come|visit|parcel thief|neighbor|household|owners?|pensioner|party|parties) "
        rf"(?:who )?(?:lives? |is |are )?(?:at|in|from|of|to) )(?:{_FLAT}|{_HOUSE})",
        re.IGNORECASE,
    ),
    ("[address]", rf"(?P<keep>\b(?:i am|i(?:'|\u2019)?m) at ){_HOUSE}", re.IGNORECASE),
    (
        "[address]",
        r"(?P<keep>\b(?:neighbours?|man|woman|people|person|family|tenants?|occupants?|resident|owner"
        r"|residents)"
        rf" (?:who lives? )?(?:at|from|in|of) )(?:{_FLAT}|{_HOUSE})",
        re.IGNORECASE,
    ),
)
_UNWRITABLE = re.compile("[\ud800-\udfff]")
"""Half characters, which no channel and no database can write."""

_TABLE = tuple((token, re.compile(pattern, flags)) for token, pattern, flags in _ROWS)


def mask_plates(text: str, token: str = "[REG]") -> str:
    """The text with number plates replaced by ``token``."""
    return _CALLED_PLATE.sub(lambda m: m["keep"] + token, _PLATE.sub(token, text))


def redact(text: str) -> str:
    """The text safe to publish, at most :data:`LONGEST` characters of it."""
    safe = mask_plates(_UNWRITABLE.sub("\ufffd", text[:LONGEST]), "[plate]")
    for token, pattern in _TABLE:
        safe = pattern.sub(_replacer(token), safe)
    return hide_claims(hide_health(hide_names(safe)))


def _replacer(token: str) -> Callable[[re.Match[str]], str]:
    return lambda match: (match.groupdict().get("keep") or "") + token
