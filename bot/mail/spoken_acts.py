"""What a service says of a case with the first words of its mail: "Done", "Not ours: Highways"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from casework.acting import Act
from casework.packs import Pack

SPOKEN: Mapping[str, Act] = {
    **dict.fromkeys(("done", "completed", "complete", "job done", "fixed", "resolved"), Act.DONE),
    **dict.fromkeys(("in progress", "started", "work started"), Act.IN_PROGRESS),
    **dict.fromkeys(("seen", "accepted", "received"), Act.SEEN),
    **dict.fromkeys(("unable", "unable to fix", "cannot fix", "no action possible"), Act.UNABLE),
    **dict.fromkeys(("not ours", "not us", "not our job", "not for us"), Act.NOT_OURS),
}

_FIRST = re.compile(
    r"\W*(?P<said>[a-z][a-z ]{2,20}?)\s*(?:[.!:,;\u2013\u2014-]+\s*(?P<rest>.*))?", re.IGNORECASE
)
_UNSURE = re.compile(
    r"\?|\b(not|no|never|but|except|only|half|part|partly|yet|unless|until|if|when)\b|n'?t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An act, and what was said with it."""

    act: Act
    words: str


def spoken_act(text: str) -> Spoken | None:
    """The act that the first line names and nothing else; None where a person should read it.

    "Done - collected today" is one; "Done?", "Not done yet" and "Done, but not the fridge" are none.
    """
    first, _, others = text.strip().partition("\n")
    found = _FIRST.fullmatch(first.strip()[:300])
    act = SPOKEN.get(" ".join(found["said"].casefold().split())) if found else None
    if found is None or act is None:
        return None
    rest = found["rest"] or ""
    if act is Act.DONE and _UNSURE.search(f"{rest}\n{others}"):
        return None
    return Spoken(act, "\n".join(filter(None, (rest.strip(), others.strip()))))


_ASK = re.compile(r"\W*(?:ask|question)\s*[:\u2013\u2014-]+\s*(?P<words>.*)", re.IGNORECASE | re.DOTALL)


def spoken_question(text: str) -> str:
    """What the residents are to be asked: "Ask: which side of the road?"; empty where nothing is."""
    found = _ASK.fullmatch(text.strip())
    return found["words"].strip() if found else ""


def service_in(pack: Pack, words: str) -> str | None:
    """The service that the first line names by its whole name, if just one is called so."""
    named = words.partition("\n")[0].strip(" .!").casefold()
    found = [s.code for body in pack.bodies for s in body.services if s.name.casefold() == named]
    return found[0] if len(found) == 1 else None
