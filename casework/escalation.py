"""When a cluster is laid before a ward's councillors, and the authority's limits: its own rules.

The White Paper gives no number (Cm 6939-I 2.32: "significant concern", "wider community
interest"), so each of these is a setting of the authority.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Track(StrEnum):
    """Which law a Call for Action is made under; a person chooses (2.29, 2.32).

    Local government: Local Government Act 2000 s.9FC. Crime and disorder: Police and Justice Act
    2006 s.19.
    """

    LOCAL_GOVERNMENT = "local_government"
    CRIME_AND_DISORDER = "crime_and_disorder"


class Handling(StrEnum):
    """Who of a ward's councillors decides: any of them, or the one who leads on the matter (3.44)."""

    SHARED = "shared"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A cluster is laid before councillors when all of this holds; one such rule is enough.

    ``days_beyond_promise`` are calendar days after the first promise that was not kept, None
    where its age does not matter; ``harm`` asks for a hazard.
    """

    days_beyond_promise: int | None = None
    voices: int = 1
    reopenings: int = 0
    harm: bool = False


@dataclass(frozen=True, slots=True)
class Committee:
    """Who hears the calls of one track.

    ``copy_to`` are services that get a copy (for crime and disorder the partnership and the
    portfolio holder, 5.24); ``exempt`` bodies that have no 20 days on this track besides those
    that never have.
    """

    name: str
    copy_to: tuple[str, ...] = ()
    exempt: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WardBudget:
    """What each ward may spend (2.28): ``pence_a_year`` from the first of ``first_month`` on.

    ``most_pence`` is the most that may be committed at once, None for as much as there is.
    """

    pence_a_year: int = 0
    first_month: int = 4
    most_pence: int | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """escalation.toml.

    ``most_calls`` is how many calls one councillor may refer in twelve months (2.34), None for
    no limit; ``answer_days`` the working days that a service has for a councillor's question.
    """

    rules: tuple[FlagRule, ...] = ()
    handling: Handling = Handling.SHARED
    most_calls: int | None = None
    answer_days: int = 10
    committees: Mapping[Track, Committee] = field(default_factory=dict)
    budget: WardBudget = WardBudget()

    def committee(self, track: Track) -> Committee:
        """The committee of a track; a nameless one where the pack names none."""
        return self.committees.get(track, Committee(""))
