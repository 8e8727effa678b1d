"""How somebody comes in: by a poster's link, in a group, in a language, with an album of photos."""

from dataclasses import replace

from babel import Locale, UnknownLocaleError

from bot.conversation.commands import start
from bot.conversation.situation import Situation, Turn, say
from bot.conversation.telling import tell
from casework.cases import Report
from casework.contacts import opt_in
from casework.drafts import Draft, cleared
from casework.outcomes import Button, Notice, Outcome
from casework.packs import Pack
from casework.places import Area, AreaKind, PlaceDecision


def in_public(situation: Situation) -> Outcome:
    """In a group nothing is told of anybody: only how to write to us."""
    return Outcome(notices=(situation.reply("group.private"),))


# --- A poster's link ----------------------------------------------------------------------------


def arrive(situation: Situation) -> Turn:
    """The place that the poster hangs at, or its ward, is where the next report is."""
    place = situation.place
    if place.decision is PlaceDecision.ACCEPT and place.best:
        if situation.draft.telling:
            return tell(situation)
        at = replace(_anew(situation, place.best.jurisdiction), place=place.best)
        return _greeted(at, situation, "start.here", place.best.label)
    found = _ward(situation)
    if found is None:
        return start(situation)
    pack, ward = found
    draft = situation.draft if situation.draft.telling else _anew(situation, pack.code)
    return _greeted(draft, situation, "start.ward", ward.name)


def _anew(situation: Situation, jurisdiction: str | None) -> Draft:
    """Whoever reads a poster tells of something new."""
    draft = cleared(situation.draft, situation.now, focus=())
    return replace(draft, jurisdiction=jurisdiction or draft.jurisdiction)


def _ward(situation: Situation) -> tuple[Pack, Area] | None:
    wanted = situation.message.arrived or ""
    for pack in situation.packs.values():
        area = pack.area(wanted)
        if area and area.kind is AreaKind.WARD:
            return pack, area
    return None


def _greeted(draft: Draft, situation: Situation, key: str, where: str) -> Turn:
    pack = situation.packs.get(draft.jurisdiction or "", situation.pack)
    parameters = {"name": pack.authority.short_name, "where": where}
    notice = situation.reply_with(key, parameters, wants="text", pack=pack)
    return Turn(draft, opt_in(situation.contact, situation.now) + Outcome(notices=(notice,)))


# --- A language ---------------------------------------------------------------------------------


def ask_language(situation: Situation) -> Turn:
    """The languages of the authority, each by its own name."""
    offered = situation.pack.authority.languages
    if len(offered) < 2:
        return say(situation.draft, situation.reply("language.only"))
    buttons = tuple(Button(f"language:{code}", _own_name(code)) for code in offered)
    return say(situation.draft, situation.reply_with("language.ask", buttons=buttons))


def choose_language(situation: Situation) -> Turn:
    """Messages come in that language from now on."""
    code = (situation.message.button or "").partition(":")[2]
    if code not in situation.pack.authority.languages:
        return ask_language(situation)
    changed = replace(situation.contact, language=code)
    done = Outcome(changed=(changed,), notices=(situation.reply("language.set"),))
    return Turn(situation.draft, done)


def _own_name(code: str) -> str:
    try:
        return str(Locale.parse(code.replace("-", "_")).get_display_name() or code).capitalize()
    except (ValueError, UnknownLocaleError):
        return code


# --- An album -----------------------------------------------------------------------------------


def without_echo(turn: Turn, situation: Situation) -> Turn:
    """The ten photos of an album come as ten messages: the first was answered, and that is enough.

    What was wrong with a photo is still said, and so is everything about a report just filed.
    """
    album = situation.message.album
    rest = album is not None and album == situation.draft.album and not situation.text
    if not rest or any(isinstance(entity, Report) for entity in turn.outcome.new):
        return turn
    return replace(turn, outcome=replace(turn.outcome, notices=_faults(turn.outcome)))


def _faults(outcome: Outcome) -> tuple[Notice, ...]:
    return tuple(n for n in outcome.notices if not n.reply or n.key.startswith("photo."))
