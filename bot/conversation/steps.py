"""The conversation as one table: at this step, a message with this intent goes there.

::

                    words, photo, pin                     sure, or a person decides
      ┌────── IDLE ───────────────────► (what is missing?) ───────────────► filed ──► IDLE
      │                                   │       │     │
      │   WORDS  ◄── no words ────────────┘       │     └── unsure what ──► CATEGORY
      │   PLACE  ◄── no place ────────────────────┤            its answer goes back to (…)
      │   WHICH_PLACE ◄── several places ─────────┘
      └── FORGET ◄── "forget me"

A row under ``None`` holds at every step that has no row of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import after, commands, telling
from bot.conversation.intents import Intent, intent_of, picked
from bot.conversation.situation import Situation, Turn, say
from casework.drafts import Step
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
    # After filing
    (None, Intent.CORRECTS_CATEGORY): after.correct_category,
    (None, Intent.CORRECTS_PLACE): after.correct_place,
    (None, Intent.CORRECTS): after.ask_what_to_correct,
    (None, Intent.CONFIRMS): after.confirm,
    (None, Intent.ADDS): after.add,
    (None, Intent.FOLLOWS_UP): after.follow_up,
    (None, Intent.REPEATS): after.repeat,
    (None, Intent.FIXED): after.fixed,
    (None, Intent.NOT_FIXED): after.not_fixed,
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


def advance(situation: Situation) -> Outcome:
    """Answer one message: everything that it leads to, the draft and the new photos among it."""
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
    draft = replace(
        turn.draft,
        offered=_offered(turn.outcome),
        offered_at=situation.now,
        picked=_picked(situation, intent, text),
    )
    if draft.step is Step.FORGET and intent is not Intent.FORGET:
        draft = replace(draft, step=Step.IDLE)
    return kept + turn.outcome + Outcome(changed=(draft,) if draft != situation.draft else ())


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
