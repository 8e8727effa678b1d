"""Words for which a person looks at a text before it is published; they never stop a report.

Slurs against groups, talk that makes animals of people, and swearing at somebody. Words that are
also names or things ("chink in the fence") count only where they are used of people.
"""

import re

_ABUSE = (
    r"n[i1]gg(?:er|a|az)s?|pak[i1]s?|wogs?|coons?(?! cat)|chinky|chinks(?= at| in| who| are| have| from)"
    r"|gyppos?|gypos?|gippos?|pikeys?|pikies|did[iy]coys?|ragheads?|towelheads?|sand ?niggers?|kikes?|yids?"
    r"|fagg?ots?|poofs?|poofters?|dykes(?= at| in| who| are)|trann(?:y|ies)|queers|shemales?"
    r"|retards?|retarded|spaz(?:zes)?|spastics?|mongs?|cripples?"
    r"|c[u*]nts?|wankers?|f+u+c*k+\w*|f\*+\w*|motherf\w+|twats?|arseholes?|assholes?|pricks?|bitch(?:es)?|slags?"
    r"|whores?|sluts?|tossers?|dickheads?|knobheads?|bastards?|bellends?"
    r"|send (?:them|em|these people|you) (?:all )?(?:back|home)(?: where| to|$|[.,! ])"
    r"|go back (?:to your own|where (?:you|they) c[ao]me)|(?:scum|vermin|subhumans?|savages)"
    r"|(?:immigrants?|foreigners?|muslims?|jews|gypsies|travellers?|refugees|blacks|asians|poles|romanians"
    r"|migrants)\b[^.!?\n]{0,40}\b(?:animals|vermin|scum|dirty|filthy|savages|parasites|cockroaches|fault)"
    r"|(?:dirty|filthy|bloody|fucking|thieving|stinking) (?:immigrants?|foreigners?|muslims?|jews|gypsies"
    r"|travellers?|refugees|blacks|asians|poles|romanians|illegals|migrants)"
)
_ABUSIVE = re.compile(rf"(?<!\w)(?:{_ABUSE})(?!\w)", re.IGNORECASE)


def is_abusive(text: str) -> bool:
    """True if the text holds discriminatory or abusive words."""
    return _ABUSIVE.search(text) is not None
