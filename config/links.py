"""Links that people act by without a password: signed, each for one purpose and a time.

Whoever holds such a link may do what it is for, so it goes into that person's own mail only. The
public page of a report is opened by its reference and needs no signature.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from casework.clock import Clock, SystemClock
from casework.errors import LinkInvalid

ACT_LIFETIME = timedelta(days=180)
SORT_LIFETIME = timedelta(days=60)
CARRY_LIFETIME = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class ActLink:
    """Who may act on a report: ``actor`` is ``service:BODY/SERVICE`` or ``councillor:ID``."""

    report_id: str
    actor: str


@dataclass(frozen=True, slots=True)
class SortLink:
    """Which member of staff may sort an item of the desk."""

    item_id: str
    staff_id: str


@dataclass(frozen=True, slots=True)
class CarryLink:
    """Who may act on a matter: ``about`` is ``call:ID``, ``case:CLUSTER`` or ``ward:CODE``.

    ``actor`` is ``councillor:ID``, ``staff:ID`` or ``service:BODY/SERVICE``, ``jurisdiction`` theirs.
    """

    about: str
    actor: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class _Purpose:
    """The salt keeps one purpose's signature from being good for another."""

    salt: str
    lifetime: timedelta


_ACT = _Purpose("streetcall.act", ACT_LIFETIME)
_SORT = _Purpose("streetcall.sort", SORT_LIFETIME)
_CARRY = _Purpose("streetcall.carry", CARRY_LIFETIME)


class Links:
    """Makes and reads the links of one deployment; ``public_url`` is the address people see.

    Reading raises LinkInvalid: ``link.expired`` for one that was good once, ``link.broken`` for
    one that was cut, altered or made for something else.
    """

    def __init__(self, secret: str, public_url: str, clock: Clock | None = None) -> None:
        self.public_url = public_url.rstrip("/")
        signer = _signer_with(clock or SystemClock())
        self._serializers = {
            purpose: URLSafeTimedSerializer(
                secret, salt=purpose.salt, signer=signer, signer_kwargs={"digest_method": hashlib.sha256}
            )
            for purpose in (_ACT, _SORT, _CARRY)
        }

    def act_token(self, link: ActLink) -> str:
        """The token by which this actor may act on the report."""
        return self._sign(_ACT, link.report_id, link.actor)

    def act_url(self, link: ActLink, act: str = "") -> str:
        """The page for it, with one act chosen already; opening the page does nothing by itself."""
        chosen = f"?act={quote(act)}#answer" if act else ""
        return f"{self.public_url}/act/{self.act_token(link)}{chosen}"

    def read_act(self, token: str) -> ActLink:
        """Who may act on what, from the token."""
        return ActLink(*self._read(_ACT, token))

    def sort_token(self, link: SortLink) -> str:
        """The token by which this member of staff may sort the item."""
        return self._sign(_SORT, link.item_id, link.staff_id)

    def sort_url(self, link: SortLink) -> str:
        """The page for it."""
        return f"{self.public_url}/sort/{self.sort_token(link)}"

    def read_sort(self, token: str) -> SortLink:
        """Who may sort what, from the token."""
        return SortLink(*self._read(_SORT, token))

    def carry_token(self, link: CarryLink) -> str:
        """The token by which this person may act on the matter."""
        return self._sign(_CARRY, link.about, link.actor, link.jurisdiction)

    def carry_url(self, link: CarryLink, deed: str = "") -> str:
        """The page for it, with one deed chosen already; opening the page does nothing by itself."""
        chosen = f"?do={quote(deed)}#answer" if deed else ""
        return f"{self.public_url}/carry/{self.carry_token(link)}{chosen}"

    def read_carry(self, token: str) -> CarryLink:
        """Who may act on which matter, from the token."""
        return CarryLink(*self._read_all(_CARRY, token, 3))

    def call_url(self, reference: str) -> str:
        """The public page of a call for action."""
        return f"{self.public_url}/calls/{quote(reference)}"

    def report_url(self, reference: str) -> str:
        """The public page of a report."""
        return f"{self.public_url}/report/{quote(reference)}"

    def _sign(self, purpose: _Purpose, *names: str) -> str:
        token = self._serializers[purpose].dumps(list(names))
        return token.decode() if isinstance(token, bytes) else token

    def _read(self, purpose: _Purpose, token: str) -> tuple[str, str]:
        what, who = self._read_all(purpose, token, 2)
        return what, who

    def _read_all(self, purpose: _Purpose, token: str, count: int) -> tuple[str, ...]:
        try:
            names = self._serializers[purpose].loads(token, max_age=int(purpose.lifetime.total_seconds()))
            if not isinstance(names, list) or len(names) != count:
                raise ValueError("not the names of this purpose")
        except SignatureExpired as error:
            raise LinkInvalid("the link is too old", key="link.expired") from error
        except (BadData, ValueError) as error:
            raise LinkInvalid("the link is not ours, or damaged", key="link.broken") from error
        return tuple(map(str, names))


def _signer_with(clock: Clock) -> type[TimestampSigner]:
    """A signer that stamps with the program's own clock, so that replay and tests can drive it."""

    class ClockedSigner(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(clock.now().timestamp())

    return ClockedSigner
