"""From the first word to a filed report: take in what was told, ask for what is missing, file."""

from dataclasses import replace

from bot.conversation import same
from bot.conversation.asked import ask_again as ask_if_answer_again
from bot.conversation.correcting import (
    being_corrected,
    correct_category,
    correct_place,
    leave_to_a_person,
    with_photos,
)
from bot.conversation.homes import home_to_offer, offering
from bot.conversation.patterns import denies
from bot.conversation.situation import LEAST_SURE, MOST_WORDS, OTHER, Situation, Turn, say
from casework.cases import Cluster, DeskKind, Report
from casework.clusters import Verdict
from casework.drafts import Draft, Step, cleared, with_words
from casework.filing import Telling, filed_parameters
from casework.joining import Placed, choose, place, seek
from casework.outcomes import Button, Notice, Outcome, folded
from casework.packs import Pack
from casework.places import Areas, PlaceCandidate, PlaceDecision, PlaceKind, Unresolved
from casework.states import State
from casework.understanding import CategoryCandidate, Decision
from nlp.foreign import LANGUAGES

MOST_CHOICES = 4
ASK_PLACE_TIMES = 2
"""The place is asked for twice; then a person finds it."""

UNKNOWN_M = 10_000.0
"""The uncertainty of a place that nobody could make out: anywhere in the authority."""

# --- Taking in ---------------------------------------------------------------------------------


def tell(situation: Situation) -> Turn:
    """Words, photos or a pin about a problem, in any order and any mix."""
    draft = _take_place(_take_words(situation), situation)
    turn = next_question(draft, situation)
    found = being_corrected(draft, situation) if situation.photos else None
    told = _refusals(situation, with_photos(turn, situation, found) if found else turn)
    return _in_own_tongue(situation, told)


def _in_own_tongue(situation: Situation, turn: Turn) -> Turn:
    """Who begins in another language reads in it first what to send, and the number in danger.

    In danger that was said at once, before the message was read.
    """
    spoken = situation.said.language
    if situation.danger or situation.draft.telling or spoken not in LANGUAGES or not situation.text:
        return turn
    return turn.after(situation.reply(f"tongue.{spoken}"))


def _take_words(situation: Situation) -> Draft:
    """The draft with this message's words and photos. The same words again add nothing."""
    draft, text = situation.draft, situation.text
    if situation.danger and draft.correcting:
        draft = cleared(draft, situation.now)
    if text and text not in draft.text:
        draft = with_words(draft, text, MOST_WORDS)
    new = () if draft.correcting else situation.photos
    photos = draft.photos + tuple(photo.id for photo in new)
    return replace(
        draft,
        step=draft.step if draft.telling else Step.IDLE,
        photos=tuple(dict.fromkeys(photos)),
        places=draft.places if draft.step is not Step.HOME else (),
        started_at=draft.started_at or situation.now,
        updated_at=situation.now,
        nudged_at=None,
        language=situation.said.language if text else draft.language,
    )


def _take_place(draft: Draft, situation: Situation) -> Draft:
    """The draft with what this message says of the place; a later word outweighs an earlier one."""
    place = situation.place
    if place.decision is PlaceDecision.ACCEPT:
        return replace(draft, place=place.best, places=())
    if place.decision is PlaceDecision.ASK and draft.place is None:
        return replace(draft, places=place.candidates[:MOST_CHOICES])
    return draft


def _refusals(situation: Situation, turn: Turn) -> Turn:
    """What was wrong with a photo is said first; the rest went on without it."""
    return turn.after(*(situation.reply(key) for key in dict.fromkeys(situation.refused)))


# --- Asking ------------------------------------------------------------------------------------


def next_question(draft: Draft, situation: Situation) -> Turn:
    """Ask the one thing that is missing, or file."""
    if draft.correcting:
        return _next_of_correction(draft, situation)
    if not draft.text and draft.category is None:
        return _ask_words(draft, situation)
    if _says_too_little(draft, situation):
        return say(replace(draft, step=Step.WORDS), situation.reply_with("ask.more", wants="text"))
    if draft.place is None:
        return _ask_place(draft, situation)
    if draft.step is Step.CATEGORY and draft.category is None:
        draft = replace(draft, category=situation.named_category)
    if _must_ask_category(draft, situation):
        return ask_category(draft, situation)
    return _file(draft, situation)


def _says_too_little(draft: Draft, situation: Situation) -> bool:
    """A word or two in which neither a problem nor a place was recognised: asked about once."""
    return (
        situation.told.decision is Decision.NOT_A_REPORT
        and draft.category is None
        and draft.step is Step.IDLE
        and draft.place is None
        and not draft.places
        and not draft.photos
        and situation.said.language not in LANGUAGES
    )


def _next_of_correction(draft: Draft, situation: Situation) -> Turn:
    """The right category or place of a report that was filed: known, asked for, or left to a person."""
    found = being_corrected(draft, situation)
    if draft.step is Step.CATEGORY and found:
        code = situation.named_category
        if code and situation.pack_of(found[0]).category(code):
            return correct_category(cleared(draft, situation.now), situation, found, code)
        return leave_to_a_person(draft, situation, DeskKind.UNSURE_CATEGORY)
    return _ask_place(draft, situation) if draft.place is None else correct_place(draft, situation)


def _ask_words(draft: Draft, situation: Situation) -> Turn:
    """A photo without words gets one question; asked in vain, it is filed for a person to see.

    Another photo is no vain answer: the ten of an album come as ten messages.
    """
    asked = draft.step in (Step.WORDS, Step.PLACE)
    if asked and draft.photos and not situation.photos:
        return _file(draft, situation) if draft.place else _ask_place(draft, situation)
    return say(replace(draft, step=Step.WORDS), _words_question(draft, situation))


def _words_question(draft: Draft, situation: Situation) -> Notice:
    """What is wrong, and where, unless a pin or the photo has said where."""
    if draft.place:
        key = "ask.words_photo_there" if draft.photos else "ask.words_there"
    else:
        key = "ask.words_photo" if draft.photos else "ask.words"
    return situation.reply_with(key, wants="text")


def _ask_place(draft: Draft, situation: Situation) -> Turn:
    repeated = situation.draft.telling and draft.text == situation.draft.text
    if draft.places and (repeated or draft.places != situation.draft.places):
        return ask_which_place(draft, situation)
    if len(draft.places) == 1 and not denies(situation.text):
        # "Do you mean the library?" answered by "it's near the entrance" is a yes.
        return next_question(replace(draft, place=draft.places[0], places=()), situation)
    if draft.places:
        return none_of_places(draft, situation)
    if draft.asked_place >= ASK_PLACE_TIMES and not repeated:
        if draft.correcting:
            return leave_to_a_person(draft, situation, DeskKind.UNSURE_PLACE)
        return _file_without_place(draft, situation)
    draft = replace(draft, step=Step.PLACE, asked_place=draft.asked_place + (not repeated))
    return say(draft, _place_question(draft, situation))


_WHY_ASKED = {
    Unresolved.THREE_WORDS: "ask.place_three_words",
    Unresolved.MAP_LINK: "ask.place_link",
    Unresolved.WIDE_PIN: "ask.place_wide",
    Unresolved.HOME: "ask.place_home",
}
"""What pointed to a place and told none is named, with what would help."""


def _place_question(draft: Draft, situation: Situation) -> Notice:
    if (why := situation.place.unresolved) in _WHY_ASKED:
        return situation.reply_with(_WHY_ASKED[why], wants="location")
    if situation.place.phrase and draft.asked_place:
        phrase = {"phrase": situation.place.phrase[:60]}
        return situation.reply_with("ask.place_unknown", phrase, wants="location")
    if draft.asked_place > 1:
        return situation.reply_with("ask.place_again", wants="location")
    if situation.danger:
        return situation.reply_with("ask.place_danger", wants="location")
    what = _name_of_likeliest(draft, situation)
    if what:
        return situation.reply_with("ask.place_of", {"what": what}, wants="location")
    return situation.reply_with("ask.place", wants="location")


def _name_of_likeliest(draft: Draft, situation: Situation) -> str:
    told = situation.told
    code = draft.category or (told.category if told.decision is Decision.ACCEPT else None)
    category = situation.pack.category(code) if code else None
    return category.name if category and category.code != OTHER else ""


def ask_which_place(draft: Draft, situation: Situation) -> Turn:
    """Several places fit: at most four to choose from, and a way out."""
    buttons = tuple(
        Button(f"place:{number}:{place.ward or ''}"[:64], place.label)
        for number, place in enumerate(draft.places, start=1)
    )
    none = Button("none", key="button.none_place")
    only = draft.places[0].label if len(draft.places) == 1 else ""
    key = "ask.this_place" if only else "ask.which_place"
    return say(
        replace(draft, step=Step.WHICH_PLACE),
        situation.reply_with(key, {"where": only}, (*buttons, none), wants="location"),
    )


def _must_ask_category(draft: Draft, situation: Situation) -> bool:
    """Only where it is quite unsure, never twice, and never of somebody in danger."""
    told = situation.told
    return (
        draft.category is None
        and draft.step is not Step.CATEGORY
        and not situation.danger
        and told.decision is not Decision.EMERGENCY
        and told.decision is not Decision.ACCEPT
        and told.confidence < situation.ask_below
    )


def ask_category(draft: Draft, situation: Situation) -> Turn:
    """The likeliest categories to choose from, and "something else"."""
    pack = _pack_of(draft, situation)
    likely = likeliest(pack, situation.told.candidates)
    draft = replace(draft, step=Step.CATEGORY)
    choices = category_buttons(pack, likely)
    return say(draft, situation.reply_with("ask.category", buttons=choices, wants="text"))


def likeliest(pack: Pack, candidates: tuple[CategoryCandidate, ...]) -> tuple[CategoryCandidate, ...]:
    """The candidates worth offering."""
    known = [c for c in candidates if pack.category(c.category) and c.category != OTHER]
    return tuple(known[:MOST_CHOICES])


def category_buttons(pack: Pack, likely: tuple[CategoryCandidate, ...]) -> tuple[Button, ...]:
    """A button for each, and one for none of them."""
    named = [(c.category, pack.category(c.category)) for c in likely]
    buttons = tuple(Button(f"category:{code}"[:64], category.name) for code, category in named if category)
    return (*buttons, Button("none", key="button.none_category"))


# --- Choices -----------------------------------------------------------------------------------


def choose_place(situation: Situation) -> Turn:
    """A place was picked by its button or its number."""
    draft = situation.draft
    number = _chosen_number(situation.message.button)
    if not 1 <= number <= len(draft.places):
        return choice_gone(situation)
    draft = replace(draft, place=draft.places[number - 1], places=(), updated_at=situation.now)
    return next_question(draft, situation)


def agree_on_place(situation: Situation) -> Turn:
    """Yes: the one place that was offered. Of several, yes tells nothing."""
    draft = situation.draft
    if len(draft.places) != 1:
        return ask_which_place(draft, situation)
    draft = replace(draft, place=draft.places[0], places=(), updated_at=situation.now)
    return next_question(draft, situation)


def _chosen_number(button: str | None) -> int:
    """The N of ``place:N:WARD``."""
    digits = (button or "").split(":")[1:2]
    return int(digits[0][:6]) if digits and digits[0].isdecimal() else 0


def none_of_these(situation: Situation) -> Turn:
    """None of the places: ask for it in words. None of the categories: a person decides."""
    draft = replace(situation.draft, updated_at=situation.now)
    if draft.step is Step.WHICH_PLACE:
        return none_of_places(draft, situation)
    if draft.step is Step.CATEGORY and draft.correcting:
        return leave_to_a_person(draft, situation, DeskKind.UNSURE_CATEGORY)
    if draft.step is Step.CATEGORY:
        return _file(replace(draft, category=OTHER if situation.pack.category(OTHER) else None), situation)
    return choice_gone(situation)


def none_of_places(draft: Draft, situation: Situation) -> Turn:
    """None of those offered: asked for once more in words, then a person finds it."""
    again = replace(draft, step=Step.PLACE, places=(), asked_place=ASK_PLACE_TIMES)
    return say(again, situation.reply_with("ask.place_again", wants="location"))


def choice_gone(situation: Situation) -> Turn:
    """A button of long ago: what is open now, if anything is."""
    if situation.draft.telling:
        return ask_again(situation)
    return say(situation.draft, situation.reply("choice.gone"))


def ask_again(situation: Situation) -> Turn:
    """The question that is open, once more; else what this is for."""
    draft = situation.draft
    if draft.step is Step.ANSWER:
        return ask_if_answer_again(draft, situation)
    if draft.step is Step.WHICH_PLACE:
        return ask_which_place(draft, situation)
    if draft.step is Step.CATEGORY:
        return ask_category(draft, situation)
    if draft.telling and (draft.text or draft.correcting):
        return next_question(draft, situation)
    return say(draft, _words_question(draft, situation))


def new_after_all(situation: Situation) -> Turn:
    """What was kept is no answer to a service's question: it is told as something new."""
    return next_question(replace(situation.draft, step=Step.IDLE, updated_at=situation.now), situation)


def chosen_category(situation: Situation) -> str | None:
    """The code of the category that was picked, if the pack has it."""
    code = (situation.message.button or "").partition(":")[2]
    return code if _pack_of(situation.draft, situation).category(code) else None


def choose_category(situation: Situation) -> Turn:
    """The resident says what it is, while the report is being told."""
    code = chosen_category(situation)
    if code is None:
        return choice_gone(situation)
    return next_question(replace(situation.draft, category=code, updated_at=situation.now), situation)


# --- Filing ------------------------------------------------------------------------------------


def _pack_of(draft: Draft, situation: Situation) -> Pack:
    """The pack whose ward the place is in, else the one that the contact talks to."""
    code = draft.place.jurisdiction if draft.place else None
    return situation.packs.get(code or "", situation.pack)


def _file_without_place(draft: Draft, situation: Situation) -> Turn:
    """Asked in vain: a person finds the place from the words."""
    middle = situation.middle
    words = situation.told.redacted.split("\n")
    label = words[-1][:60]
    place = PlaceCandidate(
        middle.latitude, middle.longitude, 0.0, label, None, PlaceKind.AREA, UNKNOWN_M, situation.pack.code
    )
    return _file(replace(draft, place=place), situation, place_sure=False)


def _file(draft: Draft, situation: Situation, place_sure: bool = True) -> Turn:
    """File a report for each problem told; the conversation is free again."""
    pack = _pack_of(draft, situation)
    placed = _file_each(draft, situation, pack, place_sure)
    outcome = folded(sum((one.filed.outcome for one in placed), Outcome()))
    notices = tuple(_filed_notice(situation, pack, one) for one in placed)
    asked = same.question(situation, pack, placed)
    focus = tuple(one.filed.report.id for one in placed)
    after = replace(cleared(draft, situation.now, focus), jurisdiction=pack.code)
    if same.may_answer(placed):
        after = replace(after, step=Step.SAME)
    elif place_sure and (home := home_to_offer(draft, situation)):
        after, offer = offering(after, home, situation)
        notices += (offer,)
    return Turn(after, outcome + Outcome(notices=(*notices, *asked)))


def _file_each(draft: Draft, situation: Situation, pack: Pack, place_sure: bool) -> list[Placed]:
    first: str | None = None
    placed: list[Placed] = []
    for category in _problems(draft, situation, pack):
        telling = _telling(draft, situation, pack, category, place_sure)
        if first is not None:
            # A photo belongs to one report; the linked ones say with which it was told.
            telling = replace(telling, photos=())
        one = _place(telling, situation, pack, first, {p.filed.cluster.id for p in placed})
        first = first or one.filed.report.id
        placed.append(one)
    return placed


def _place(
    telling: Telling, situation: Situation, pack: Pack, told_with: str | None, taken: set[str]
) -> Placed:
    """File one problem, with the cluster of the same problem if there is one.

    Two problems of one message are two: the second does not join the cluster of the first.
    """
    sought = seek(pack, telling, situation.now)
    seen = situation.near(sought.near) if sought.near else ()
    match = choose(pack, sought, [one for one in seen if one.cluster_id not in taken])
    joins = match is not None and match.verdict is Verdict.JOIN
    case = situation.case_at(match.neighbour.cluster_id) if match and joins else None
    return place(pack, sought, seen, match, case, situation.now, situation.mint, told_with)


def _problems(draft: Draft, situation: Situation, pack: Pack) -> tuple[str, ...]:
    """The categories to file: the one chosen, or one for each problem that was told."""
    if draft.category:
        return (draft.category,)
    told = tuple(code for code in situation.told.problems if pack.category(code))
    if len(told) > 1:
        return told
    likeliest_code = situation.told.category
    if likeliest_code and pack.category(likeliest_code):
        return (likeliest_code,)
    return (OTHER if pack.category(OTHER) else pack.categories[0].code,)


def _telling(draft: Draft, situation: Situation, pack: Pack, category: str, place_sure: bool) -> Telling:
    place = draft.place
    if place is None:
        raise ValueError("a report cannot be filed without a place")
    told = situation.told
    chosen = draft.category is not None and draft.category != OTHER
    several = len(told.problems) > 1 and category in told.problems
    photos = {p.id: p for p in (*situation.draft_photos, *situation.photos)}
    areas = situation.areas_at(place.point) if place_sure else Areas()
    return Telling(
        contact_id=situation.contact.id,
        text=draft.text,
        redacted=told.redacted,
        language=draft.language,
        category=category,
        confidence=1.0 if chosen else told.confidence,
        sure=chosen or several or told.decision is Decision.ACCEPT,
        place=place,
        areas=areas,
        candidates=told.candidates,
        photos=tuple(photos[id] for id in draft.photos if id in photos),
        place_sure=place_sure,
        known_since=situation.contact.created_at,
    )


def _filed_notice(situation: Situation, pack: Pack, placed: Placed) -> Notice:
    """What was understood, who has it and by when; an easy way to put it right."""
    filed = placed.filed
    report, cluster = filed.report, filed.cluster
    key = "report.joined" if placed.joined else _filed_key(pack, report, cluster)
    if placed.asks and key == "report.filed_unsure":
        # One question at a time: whether it is the same says also what it is about.
        key = "report.filed_other"
    neighbour = situation.areas_at(report.point).neighbour if key == "report.outside" else None
    buttons: tuple[Button, ...] = ()
    if key == "report.filed_unsure":
        buttons = category_buttons(pack, likeliest(pack, situation.told.candidates))[:-1]
    undo = Button("undo", key="button.undo")
    parameters = filed_parameters(pack, report, cluster, filed.promise)
    category = pack.category(report.category)
    parameters |= {
        "minutes": max(0, round((report.send_after - situation.now).total_seconds() / 60)),
        "advice": category.advice if category else "",
        "neighbour": neighbour.name if neighbour else "",
    }
    key = "report.outside_in" if neighbour else key
    if placed.joined:
        buttons = (same.other_problem(report),)
    return situation.reply_with(key, parameters, (*buttons, undo), pack=pack, report_id=report.id)


def _filed_key(pack: Pack, report: Report, cluster: Cluster) -> str:
    if report.ward is None and report.place_kind == PlaceKind.AREA:
        return "report.filed_no_place"
    if report.ward is None:
        return "report.outside"
    if cluster.state is State.FOR_TRIAGE:
        guessed = report.category != OTHER and report.confidence >= LEAST_SURE
        return "report.filed_unsure" if guessed else "report.filed_other"
    return "report.filed" if report.send_after > report.created_at else "report.filed_hazard"
