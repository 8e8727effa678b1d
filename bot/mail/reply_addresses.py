"""Addresses that a service answers to: ``reports+am4f72q9.k7x2m9p4q3@…`` names a case and whom we asked.

The reference is in it for people, the letters after the dot for us: they can be made only with the
installation's key, and only for one recipient. Case and hyphens do not matter.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casework.references import ALPHABET, LENGTH, format_reference

SIGNED = 10
"""Letters of the signature: 43 bits, and a guess would have to come from the service's own address."""

_TAG = re.compile(rf"([a-z]{{1,4}}[{ALPHABET}]{{{LENGTH}}})\.([{ALPHABET}]{{{SIGNED}}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """What such an address says: a reference, and a signature that is good for one recipient."""

    reference: str
    signature: str


@dataclass(frozen=True, slots=True)
class ReplyAddresses:
    """Makes and reads them. ``mailbox`` is the address of the mailbox that we read."""

    key: str
    mailbox: str

    def address(self, reference: str, recipient: str) -> str:
        """Where this recipient (``service:CODE``, ``councillor:ID``) answers to a mail about the report."""
        local, _, host = self.mailbox.rpartition("@")
        return f"{local}+{_bare(reference)}.{self._sign(reference, recipient)}@{host}".lower()

    def tags(self, addresses: Iterable[str]) -> Iterator[Tag]:
        """What the addresses of a mail say that are ours."""
        local, _, host = self.mailbox.casefold().rpartition("@")
        for address in addresses:
            name, _, at = address.casefold().rpartition("@")
            before, _, tag = name.partition("+")
            found = _TAG.fullmatch(tag)
            if found and (before, at) == (local, host):
                bare = found[1].upper()
                yield Tag(format_reference(bare[:-LENGTH], bare[-LENGTH:]), found[2].upper())

    def is_for(self, tag: Tag, recipient: str) -> bool:
        """True if we gave this address to that recipient."""
        return hmac.compare_digest(self._sign(tag.reference, recipient), tag.signature)

    def is_ours(self, address: str) -> bool:
        """True for an address of the mailbox that we read."""
        name, _, host = address.casefold().rpartition("@")
        return f"{name.partition('+')[0]}@{host}" == self.mailbox.casefold()

    def _sign(self, reference: str, recipient: str) -> str:
        said = f"reply\0{_bare(reference).upper()}\0{recipient}".encode()
        number = int.from_bytes(hmac.new(self.key.encode(), said, hashlib.sha256).digest(), "big")
        letters = ""
        for _ in range(SIGNED):
            number, at = divmod(number, len(ALPHABET))
            letters += ALPHABET[at]
        return letters


def _bare(reference: str) -> str:
    return reference.replace("-", "")
