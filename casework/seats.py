"""Who carries a matter when a councillor leaves or declares an interest: nothing falls between (3.44)."""

from dataclasses import replace

from casework.calls import Matter
from casework.escalation import Handling
from casework.ladder import Deed
from casework.offices import able_councillors
from casework.outcomes import Outcome
from casework.packs import Councillor, Pack
from casework.stepping import Scene, step

VACANT = "vacant"


def needs_passing_on(scene: Scene) -> bool:
    """True where whoever carries it no longer can, or there is nobody, or there is somebody again."""
    call = scene.matter.call
    if call is None or call.is_over:
        return False
    able = {member.id for member in able_councillors(scene.pack, scene.matter, scene.today)}
    if not able:
        return call.passed_on_told != VACANT
    return call.passed_on_told == VACANT or (call.councillor is not None and call.councillor not in able)


def pass_on(scene: Scene) -> Outcome:
    """To the successor in the seat, else to the ward's others; a vacancy is told to scrutiny officers.

    Changes nothing where whoever carries it still can.
    """
    if not needs_passing_on(scene):
        return Outcome()
    call = scene.call
    able = able_councillors(scene.pack, scene.matter, scene.today)
    to = _heir(scene.pack, scene.matter, able)
    carried = replace(call, councillor=to, passed_on_told=None if able else VACANT)
    return step(scene, Deed.PASS_ON, carried, details={"from": call.councillor, "to": to})


def _heir(pack: Pack, matter: Matter, able: tuple[Councillor, ...]) -> str | None:
    """Who took the seat of the one who carried it; else one of the others where one leads."""
    leaver = matter.call.councillor if matter.call else None
    ends = [c.until for c in pack.councillors if c.id == leaver and c.ward == matter.ward and c.until]
    heirs = [c for c in able if c.since and ends and c.since >= max(ends)]
    if heirs:
        return min(heirs, key=lambda c: (c.since or max(ends), c.id)).id
    return able[0].id if able and pack.escalation.handling is Handling.LEAD else None
