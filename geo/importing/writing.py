"""Values as sources write them, made as we write them."""

import re

from geo.importing.refusing import Refused
from geo.postcodes import tidy

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")


def postcode(text: str) -> str:
    """A whole postcode as ``SE13 6AA``. Raises Refused for anything else."""
    code = tidy(text)
    if not _POSTCODE.fullmatch(code):
        raise Refused(f"'{text[:40]}' is not a postcode")
    return code


def name(text: str, column: str) -> str:
    """A name on one line. Raises Refused where there is none, naming the column."""
    plain = " ".join(text.split())
    if not plain:
        raise Refused(f"{column} is empty")
    return plain
