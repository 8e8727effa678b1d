"""Medical facts about a person, hidden before a text is published.

A condition is hidden where the same sentence speaks of a person, or of oneself: "my son is autistic",
but not "the asthma clinic has no bin".
"""

import re

_CONDITIONS = (
    r"cancer|tumours?|leukaemia|chemo(?:therapy)?|radiotherapy|dialysis"
    r"|multiple sclerosis|(?-i:MS)|motor neurone(?: disease)?|cerebral palsy|muscular dystrophy"
    r"|autis(?:m|tic)|asperger['\u2019]?s?|adhd|down['\u2019]?s syndrome"
    r"|learning (?:disabilit|difficult)\w+"
    r"|diabet(?:es|ic)|epilep(?:sy|tic)|seizures?|asthma(?:tic)?|copd|emphysema|bronchitis|tuberculosis"
    r"|dementia|alzheimer['\u2019]?s?|parkinson['\u2019]?s?|strokes?"
    r"|heart (?:condition|attack|disease|failure|problems?|bypass)|pacemaker|angina|blood pressure"
    r"|depress(?:ion|ed)|anxiety|bipolar|schizophreni[ac]|psychosis|ptsd|ocd|anorexi[ac]|bulimi[ac]"
    r"|mental(?:ly)? (?:health|ill\w*)(?: (?:issues|problems))?|panic attacks|suicidal|overdosed?"
    r"|alcoholi(?:c|sm)|addict(?:ion|ed)?|hiv(?: positive)?|hepatitis"
    r"|pregnan(?:t|cy)|miscarriage|arthrit(?:is|ic)|osteoporosis|fibromyalgia|crohn['\u2019]?s|colitis"
    r"|incontinen(?:t|ce)|amputee|paralysed|transplant"
    r"|(?:registered |partially |going )?(?:blind|deaf|disabled)|(?:hip|knee) replacement"
    r"|(?<=\b(?:his|her) )hip|(?<=\bmy )hip"
    r"|(?:brok(?:e|en)|fractured) (?:his|her|my|their|a|an) (?:leg|arm|ankle|wrist|neck|back|foot|pelvis)"
)
_NOT_A_FACT = (
    r"(?! (?:bays?|parking|spaces?|access|toilets?|loos?|badges?|people|spots?|ramps?|users?|clinic|centre"
    r"|charity|research|bend|corner|junction|summit|hill|person['\u2019]?s|in the (?:road|pavement|ground)"
    r"|friendly|cafe))"
)
_PERSON = re.compile(
    r"\b(?:i|i['\u2019]?m|i['\u2019]?ve|my|me|he|he['\u2019]?s|she|she['\u2019]?s|his|her|our|we|mum|mother"
    r"|dad|father|nan|gran|grandad|husband|wife|son|daughter|neighbour|resident|tenant|man|woman|lady)\b",
    re.IGNORECASE,
)
_FACT = re.compile(rf"\b(?:{_CONDITIONS})(?!\w){_NOT_A_FACT}", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+")


def hide_health(text: str, token: str = "[health]") -> str:
    """The text with each medical fact about a person replaced by ``token``."""
    return _SENTENCE.sub(lambda sentence: _hide(sentence[0], token), text)


def _hide(sentence: str, token: str) -> str:
    return _FACT.sub(token, sentence) if _PERSON.search(sentence) else sentence
