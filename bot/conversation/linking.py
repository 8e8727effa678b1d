"""Joining channels, choosing where updates go, and linking a councillor's or officer's chat."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.conversation.situation import Situation, Turn, say
from casework.calendars import local
from casework.cases import CODE_HOLDS, LinkCode
from casework.drafts import Step
from casework.outcomes import Button, Notice, Outcome
from casework.packs import Councillor, Pack, StaffMember
from casework.people import join, leave, link_office, send_updates_to

UPDATES_HERE = Button("updates", key="button.updates_here")


# --- One resident, several channels ---------------------------------------------------------------


def give_code(situation: Situation) -> Turn:
    """A code to send from the other phone or app."""
    code = _make(situation, "")
    told = situation.reply("join.code", one_time_code=code.id, minutes=_minutes())
    return Turn(situation.draft, Outcome(new=(code,), notices=(told,)))


def take_code(situation: Situation) -> Turn:
    """A code that we gave out on another channel, or mailed to an address in the pack."""
    code = situation.code
    if code is None or not code.holds(situation.now):
        return say(situation.draft, situation.reply("join.unknown"))
    if code.subject:
        return _take_office_code(situation, code)
    if code.contact_id == situation.contact.id:
        return say(situation.draft, situation.reply("join.same"))
    done = join(code, situation.people, situation.code_people, situation.now, situation.mint)
    said = situation.reply_with("join.done", buttons=(UPDATES_HERE,))
    return Turn(situation.draft, done + Outcome(notices=(said,)))


def updates_here(situation: Situation) -> Turn:
    """News of all own reports comes to this channel from now on."""
    if len(situation.people) < 2:
        return say(situation.draft, situation.reply("updates.alone"))
    done = send_updates_to(situation.contact, situation.people, situation.now)
    return Turn(situation.draft, done + Outcome(notices=(situation.reply("updates.here"),)))


def leave_others(situation: Situation) -> Turn:
    """This channel stands alone again."""
    if len(situation.people) < 2:
        return say(situation.draft, situation.reply("updates.alone"))
    done = leave(situation.contact, situation.people, situation.now)
    return Turn(situation.draft, done + Outcome(notices=(situation.reply("leave.done"),)))


# --- Councillors and staff ------------------------------------------------------------------------


def ask_who(situation: Situation) -> Turn:
    """Who links a chat says as whom the council knows them."""
    draft = replace(situation.draft, step=Step.LINK)
    return say(draft, situation.reply_with("link.ask", wants="text"))


def mail_code(situation: Situation) -> Turn:
    """The code goes to the address in the pack. The answer is the same whether there is one."""
    draft = replace(situation.draft, step=Step.IDLE)
    said = situation.reply("link.mailed", minutes=_minutes())
    found = next(_named(situation), None)
    if found is None:
        return say(draft, said)
    pack, subject = found
    code = _make(situation, subject, pack)
    window = int(situation.now.timestamp() // CODE_HOLDS.total_seconds())
    mail = Notice(
        subject,
        "office.link_code",
        {"one_time_code": code.id, "minutes": _minutes()},
        jurisdiction=pack.code,
        # A mailbox is not filled by somebody who asks again and again.
        once=f"link:{pack.code}:{subject}:{window}",
    )
    return Turn(draft, Outcome(new=(code,), notices=(said, mail)))


def _named(situation: Situation) -> Iterator[tuple[Pack, str]]:
    """Who is in office under that id or e-mail address."""
    wanted = situation.text.casefold()
    for pack in situation.packs.values():
        on = local(situation.now, pack.calendar).date()
        yield from ((pack, f"councillor:{c.id}") for c in pack.councillors if _is(c, wanted, on))
        yield from ((pack, f"staff:{s.id}") for s in pack.staff if _is(s, wanted, on))


def _is(person: Councillor | StaffMember, wanted: str, on: date) -> bool:
    return wanted in (person.id.casefold(), person.email.casefold()) and person.in_office(on)


def _take_office_code(situation: Situation, code: LinkCode) -> Turn:
    """Only in the chat that asked for it: a code talked out of somebody is of no use elsewhere."""
    if code.contact_id != situation.contact.id:
        return say(situation.draft, situation.reply("join.unknown"))
    done = link_office(code, situation.contact, situation.now, situation.mint)
    said = situation.reply("link.done", name=_name_of(situation, code))
    return Turn(situation.draft, done + Outcome(notices=(said,)))


def _name_of(situation: Situation, code: LinkCode) -> str:
    pack = situation.packs.get(code.jurisdiction)
    kind, _, id_ = code.subject.partition(":")
    known: tuple[Councillor | StaffMember, ...] = ()
    if pack:
        known = pack.councillors if kind == "councillor" else pack.staff
    return next((person.name for person in known if person.id == id_), "")


def _make(situation: Situation, subject: str, pack: Pack | None = None) -> LinkCode:
    code_id = situation.mint.id()
    code_hash = situation.hash_of_code(code_id)
    jurisdiction = (pack or situation.pack).code
    return LinkCode(code_id, code_hash, situation.contact.id, subject, jurisdiction, situation.now)


def _minutes() -> int:
    return int(CODE_HOLDS.total_seconds() // 60)
