"""Words that tell of where the resident lives, which only they know."""

import re

_HOME = re.compile(
    r"""
    \b(?:my|our)\s+(?:own\s+|front\s+)?
        (?:street|road|house|home|flat|block|building|door(?:step)?|drive(?:way)?|gate|garden|place)\b(?!['\u2019])
    | \bwhere\s+(?:i|we)\s+live\b
    | \b(?:outside|opposite|in\s+front\s+of|next\s+to|by)\s+(?:mine|ours)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def speaks_of_home(text: str) -> bool:
    """True for "my street" and "outside our house"."""
    return bool(_HOME.search(text))
