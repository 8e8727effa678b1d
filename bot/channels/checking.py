"""What is right and wrong with a channel, as an officer reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, what it is, and what to do if not.

    ``ok`` is None where it cannot be looked up, and somebody has to look.
    """

    ok: bool | None
    what: str
    do: str = ""

    def __str__(self) -> str:
        """One line, or two."""
        mark = {True: "ok   ", False: "WRONG", None: "look "}[self.ok]
        return f"{mark}  {self.what}" + (f"\n       {self.do}" if self.do else "")
