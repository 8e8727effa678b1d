"""What is claimed of an identifiable person: hidden from the public text, kept for those who act.

A claim is hidden where its sentence points at somebody: a name or a house that was hidden, a
neighbour, the people next door. A claim about nobody ("someone deals drugs in the park") stays,
because it is what the report is about.
"""

import re

_CLAIMS = (
    r"(?:is |are |was |were )?(?:an? )?(?:known |convicted |local |registered )?(?:drug ?)?dealers?"
    r"|deal(?:s|ing|t)?(?: in)? (?:drugs|weed|crack|cocaine|heroin)"
    r"|(?:sell|push|smok|grow|tak)(?:s|es|ing|e)? (?:drugs|weed|cannabis|crack|cocaine|heroin|fags|alcohol"
    r"|cigarettes|booze)(?: to \w+)?"
    r"|sells(?= \w+ to (?:kids|children))"
    r"|thie(?:f|ves|ving)|st(?:eals|ole|ealing|olen)|robs|robbed|nicked|burglars?|shoplift\w*"
    r"|(?:on |doing |claiming )?(?:benefits? )?fraud\w*|benefit cheats?|scam(?:mer|ming|s)"
    r"|pa?edo(?:phile)?s?|nonces?|pervert|rapists?|sex offenders?|molest\w*|flasher"
    r"|brothel|prostitut\w+|pimp\w*|traffick\w+"
    r"|set (?:fire to|alight|light to)|arson\w*|torched|smashed|vandalised|sprayed"
    r"|(?:beats?|hits?|punch(?:es|ed)|slaps?|abus(?:es|ed|ing|er))(?= (?:up )?(?:his|her|their|the|my)\b)"
    r"|criminals?|crooks?|gangsters?|murderer|thug|junkies?|crackheads?|druggies?|smackheads?|drunkards?"
    r"|illegal immigrants?|sublet\w* illegally|illegally sublet\w*|money launder\w*|stalk(?:er|s|ing)"
)
_CLAIM = re.compile(rf"\b(?:{_CLAIMS})(?!\w)", re.IGNORECASE)
_IDENTIFIES = re.compile(
    r"\[(?:name|address)\]|\b(?:my|our|the|his|her) (?:next[- ]door )?neighbours?\b|\bnext door\b"
    r"|\b(?:owner|landlord|tenant|man|woman|bloke|guy|lady|family|people|couple|lads?) (?:at|in|from|of) "
    r"(?:the )?(?:corner shop|chip shop|end house|shop|pub)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+")


def hide_claims(text: str, token: str = "[claim]") -> str:
    """The text, in which people are hidden already, with what is claimed of them replaced."""
    return _SENTENCE.sub(lambda sentence: _hide(sentence[0], token), text)


def _hide(sentence: str, token: str) -> str:
    return _CLAIM.sub(token, sentence) if _IDENTIFIES.search(sentence) else sentence
