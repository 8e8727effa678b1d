"""What the statutory clocks tell: a warning in time, and that a deadline was missed, in public."""

from dataclasses import replace

from casework.calls import Matter
from casework.clocks import StatutoryClock, warning_due
from casework.ladder import Deed
from casework.offices import body_of
from casework.outcomes import Outcome
from casework.stepping import Scene, step


def warn(scene: Scene, clock: StatutoryClock) -> Outcome:
    """The body and the scrutiny officers hear how much time is left; once for each warning."""
    warning = warning_due(clock, scene.now, scene.pack.calendar)
    if warning is None:
        return Outcome()
    details = {"clock": clock.id, "warned": str(warning)}
    outcome = step(scene, Deed.WARN, scene.call, details=details, bodies=(clock.service,))
    return outcome + Outcome(changed=(replace(clock, warned=warning),))


def tell_overdue(scene: Scene, clock: StatutoryClock) -> Outcome:
    """The deadline has passed: published as overdue, and everybody is told, once."""
    if not clock.is_overdue(scene.now) or clock.overdue_at is not None or clock.due_at is None:
        return Outcome()
    body = body_of(scene.pack, clock.service)
    outcome = step(
        scene,
        Deed.TELL_OVERDUE,
        scene.call,
        details={"clock": clock.id, "body": clock.body},
        bodies=(clock.service,),
        told={"body": body.name, "by_on": clock.due_at.isoformat()},
    )
    return outcome + Outcome(changed=(replace(clock, overdue_at=scene.now),))


def clock_of(matter: Matter, clock_id: str) -> StatutoryClock | None:
    """The clock of that id."""
    return next((clock for clock in matter.clocks if clock.id == clock_id), None)
