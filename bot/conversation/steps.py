"""The conversation as one table: at this step, a message with this intent goes there.

::

                    words, photo, pin                     sure, or a person decides
      ┌────── IDLE ───────────────────► (what is missing?) ───────────────► filed ──► IDLE
      │                                   │       │     │
      │   WORDS  ◄── no words ────────────┘       │     └── unsure what ──► CATEGORY
      │   PLACE  ◄── no place ────────────────────┤            its answer goes back to (…)
      │   WHICH_PLACE ◄── several places ─────────┘
      ├── FORGET ◄── "forget me"
      └── STILL_WRONG ◄── "no, it is not fixed", without a word of why

A row under ``None`` holds at every step that has no row of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import after, arriving, asked, commands, homes, linking, same, telling
from bot.conversation.intents import Intent
from bot.conversation.readings import intent_of, picked
from bot.conversation.situation import Situation, Turn, say
from casework.drafts import Draft, Step
from casework.errors import NotAllowed
from casework.outcomes import Outcome

Handler = Callable[[Situation], Turn]

STEPS: Mapping[tuple[Step | None, Intent], Handler] = {
    # Ways out, at every step
    (None, Intent.STOP): commands.stop,
    (None, Intent.START): commands.start,
    (None, Intent.HELP): commands.help_,
    (None, Intent.CANCEL): commands.cancel,
    (None, Intent.UNDO): after.undo,
    (None, Intent.FORGET): commands.ask_to_forget,
    (Step.FORGET, Intent.YES): commands.forget_me,
    (Step.FORGET, Intent.NO): commands.keep_me,
    (Step.HOME, Intent.YES): homes.keep_home,
    (Step.HOME, Intent.NO): homes.leave_home,
    (None, Intent.ARRIVES): arriving.arrive,
    (None, Intent.ASKS_LANGUAGE): arriving.ask_language,
    (None, Intent.CHOOSES_LANGUAGE): arriving.choose_language,
    # Who it is
    (None, Intent.JOINS): linking.give_code,
    (None, Intent.SENDS_CODE): linking.take_code,
    (None, Intent.UPDATES_HERE): linking.updates_here,
    (None, Intent.LEAVES): linking.leave_others,
    (None, Intent.LINKS_OFFICE): linking.ask_who,
    (None, Intent.NAMES_SELF): linking.mail_code,
    # Telling
    (None, Intent.TELLS): telling.tell,
    (None, Intent.CHOOSES_PLACE): telling.choose_place,
    (None, Intent.CHOOSES_CATEGORY): after.pick_category,
    (None, Intent.NONE_OF_THESE): telling.none_of_these,
    (None, Intent.EMPTY): commands.nothing,
    (None, Intent.YES): commands.yes_to_nothing,
    (None, Intent.NO): commands.yes_to_nothing,
    (Step.WHICH_PLACE, Intent.YES): telling.agree_on_place,
    (Step.WHICH_PLACE, Intent.NO): telling.none_of_these,
    (Step.CATEGORY, Intent.NO): telling.none_of_these,
    # What a service asked
    (None, Intent.ANSWERS): asked.answer,
    (None, Intent.UNSURE_ANSWER): asked.ask_if_answer,
    (None, Intent.SKIPS): asked.pass_over,
    (Step.ANSWER, Intent.YES): asked.is_answer,
    (Step.ANSWER, Intent.NO): telling.new_after_all,
    (Step.ANSWER, Intent.TELLS): asked.more_of_it,
    # After filing
    (None, Intent.CORRECTS_CATEGORY): after.correct_category,
    (None, Intent.CORRECTS_PLACE): after.correct_place,
    (None, Intent.CORRECTS): after.ask_what_to_correct,
    (None, Intent.CONFIRMS): after.confirm,
    (None, Intent.ADDS): after.add,
    (None, Intent.SAYS_WHAT_IS_WRONG): after.say_what_is_wrong,
    (None, Intent.FOLLOWS_UP): after.follow_up,
    (None, Intent.CHOOSES_CASE): after.chosen_to_follow,
    (None, Intent.REPEATS): after.repeat,
    (None, Intent.FIXED): after.fixed,
    (None, Intent.NOT_FIXED): after.not_fixed,
    (None, Intent.SAME): same.is_same,
    (None, Intent.NOT_SAME): same.is_other,
    (None, Intent.STATUS): commands.status,
    (None, Intent.MINE): commands.mine,
    # What is no report
    (None, Intent.CHATS): commands.chat,
    (None, Intent.ASKS): commands.question,
    (None, Intent.EXCLUDED): commands.excluded,
    (None, Intent.SUGGESTS): commands.suggestion,
    (None, Intent.COMPLAINS): commands.complaint,
    (None, Intent.SPAM): commands.not_understood,
}


_STILL_WRONG_BY = frozenset({Intent.FIXED, Intent.NOT_FIXED, Intent.FOLLOWS_UP, Intent.SAYS_WHAT_IS_WRONG})
_ASKED_BY = {
    Step.FORGET: frozenset({Intent.FORGET}),
    Step.LINK: frozenset({Intent.LINKS_OFFICE}),
    Step.STILL_WRONG: _STILL_WRONG_BY,
}
"""Questions that hold for one message only, and what they are asked by."""


def advance(situation: Situation) -> Outcome:
    """Answer one message: everything that it leads to, the draft and the new photos among it."""
    if situation.message.public:
        return arriving.in_public(situation)
    text = situation.text
    situation = picked(situation)
    intent = intent_of(situation)
    handler = STEPS.get((situation.draft.step, intent)) or STEPS[None, intent]
    try:
        turn = handler(situation)
    except NotAllowed as refused:
        turn = say(situation.draft, situation.reply_with(refused.key, refused.parameters))
    kept = Outcome(new=situation.photos)
    if situation.contact.id in turn.outcome.forgotten:
        return kept + turn.outcome
    turn = arriving.without_echo(turn, situation)
    draft = replace(
        _with_offer(turn, situation),
        album=situation.message.album,
        picked=_picked(situation, intent, text),
    )
    asks_same = any(button.startswith("same:") for button in draft.offered)
    is_over = draft.step in _ASKED_BY and intent not in _ASKED_BY[draft.step]
    if is_over or (draft.step is Step.SAME and not asks_same):
        draft = replace(draft, step=Step.IDLE)
    draft = homes.passed_over(situation.draft, draft)
    return kept + turn.outcome + Outcome(changed=(draft,) if draft != situation.draft else ())


def _with_offer(turn: Turn, situation: Situation) -> Draft:
    """The draft with the choices of the last answer; where nothing was answered the old ones stand."""
    if situation.message.album and not any(notice.reply for notice in turn.outcome.notices):
        before = situation.draft
        return replace(turn.draft, offered=before.offered, offered_at=before.offered_at)
    return replace(turn.draft, offered=_offered(turn.outcome), offered_at=situation.now)


def _picked(situation: Situation, intent: Intent, text: str) -> str:
    """The number that was a choice; sent again and again, it stays that one choice."""
    if text != situation.text:
        return text
    return situation.draft.picked if intent is Intent.REPEATS else ""


def _offered(outcome: Outcome) -> tuple[str, ...]:
    """The choices of the last answer. "Undo" alone is none: it is a word, never a number."""
    replies = [notice for notice in outcome.notices if notice.reply]
    buttons = tuple(button.id for button in replies[-1].buttons) if replies else ()
    return () if buttons == ("undo",) else buttons
