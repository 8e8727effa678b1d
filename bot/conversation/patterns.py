"""Words by which a message shows what it is meant to do: patterns, and what they tell."""

import re

CORRECTS = re.compile(
    r"^(no+|nope|nah|actually|sorry|oops|wrong|not|i mean[t]?|correction|it'?s not|that'?s not)\b",
    re.IGNORECASE,
)
DENIES = re.compile(r"^(no+|nope|nah|wrong|not|it'?s not|that'?s not)\b", re.IGNORECASE)
WRONG_PLACE = re.compile(
    r"\b(wrong|not|different|another|incorrect|other)\s+(the\s+|that\s+|a\s+)?(right\s+|correct\s+)?"
    r"(street|road|place|location|address|spot|area|postcode)\b"
    r"|\bnot\s+(there|here)\b",
    re.IGNORECASE,
)
WRONG_CATEGORY = re.compile(
    r"\b(wrong|not|different)\s+(the\s+)?(right\s+)?(category|type|kind)\b", re.IGNORECASE
)
ASKS = re.compile(r"^(what|how|any|when|where|which|who|status|update|news)\b", re.IGNORECASE)
JUST_WRONG = re.compile(
    r"^(no+|nope|nah)?\W*((that|this|it)\W?s|is|thats)?\W*(all |totally |completely )?"
    r"(wrong|not right|incorrect|a mistake|not it|not that)\W*$",
    re.IGNORECASE,
)
YES_OR_NO = re.compile(r"^\W*(?:(?P<yes>yes|yep|yeah|yea|yh|y)|(?:no|nope|nah|n))\b", re.IGNORECASE)
MENDED = re.compile(
    r"\b(fixed|sorted|gone|cleared|collected|done|mended|repaired|removed|resolved|cleaned|emptied)\b",
    re.IGNORECASE,
)
NOT_MENDED = re.compile(
    r"\b(not|never|no|nobody|none|nothing|still|yet|badly|again|back|worse|when|half|part|only|but)\b|n'?t\b",
    re.IGNORECASE,
)
STILL = re.compile(
    r"\b(still|not been|never been|(hasn|haven|isn|wasn)'?t been|come back|came back|back again)\b",
    re.IGNORECASE,
)
MORE = re.compile(
    r"^(also|and|another|here'?s|more|ps|p\.s\.)\b.*\b(photo|picture|pic|image)\b",
    re.IGNORECASE,
)


def normal(text: str) -> str:
    """Text for "is this the same again?"."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def denies(text: str) -> bool:
    """True if the words begin like a no: "nope, other end", "wrong one"."""
    return CORRECTS.match(text) is not None


def says_mended(text: str) -> bool:
    """As in "it's all gone now": short words that it was put right."""
    return len(text.split()) <= 8 and bool(MENDED.search(text)) and not NOT_MENDED.search(text)
