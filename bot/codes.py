"""One-time codes such as ``4F7X-2Q9C``: made from an id and the installation's key, never kept."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from casework.references import ALPHABET

LENGTH = 8

_CODE = re.compile(
    rf"^\W*(?P<word>(?:join|link|code)\b)?\W*(?P<a>[{ALPHABET}]{{4}})(?P<gap>[-\s]?)(?P<b>[{ALPHABET}]{{4}})\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Codes:
    """Makes the codes of one installation, and finds them in what people write."""

    key: str

    def code_of(self, code_id: str) -> str:
        """The code of that id, to be told to somebody."""
        number = int.from_bytes(self._digest("code", code_id), "big")
        letters = ""
        for _ in range(LENGTH):
            number, at = divmod(number, len(ALPHABET))
            letters += ALPHABET[at]
        return f"{letters[:4]}-{letters[4:]}"

    def hash_of(self, code: str) -> str:
        """What is kept of a code."""
        return self._digest("hash", code).hex()

    def _digest(self, purpose: str, words: str) -> bytes:
        return hmac.new(self.key.encode(), f"{purpose}\0{words}".encode(), hashlib.sha256).digest()


def code_in(text: str) -> tuple[str, bool] | None:
    """The code that the whole text is, tidied, and whether it cannot be meant for anything else."""
    found = _CODE.match(text)
    if not found:
        return None
    return f"{found['a']}-{found['b']}".upper(), bool(found["word"] or found["gap"] == "-")
