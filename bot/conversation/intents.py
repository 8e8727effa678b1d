"""What a message may be meant to do, and the words, buttons and kinds that say so by themselves."""

import re
from collections.abc import Mapping
from enum import StrEnum

from casework.understanding import Kind


class Intent(StrEnum):
    """What somebody wants with a message."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    CANCEL = "cancel"
    FORGET = "forget"
    MINE = "mine"
    STATUS = "status"
    YES = "yes"
    NO = "no"
    CHOOSES_CATEGORY = "chooses category"
    CHOOSES_PLACE = "chooses place"
    NONE_OF_THESE = "none of these"
    UNDO = "undo"
    FIXED = "fixed"
    NOT_FIXED = "not fixed"
    CORRECTS_CATEGORY = "corrects category"
    CORRECTS_PLACE = "corrects place"
    CORRECTS = "corrects"
    CONFIRMS = "confirms"
    ADDS = "adds"
    SAYS_WHAT_IS_WRONG = "says what is wrong"
    FOLLOWS_UP = "follows up"
    CHOOSES_CASE = "chooses case"
    ANSWERS = "answers"
    UNSURE_ANSWER = "unsure answer"
    SKIPS = "skips"
    SAME = "same"
    NOT_SAME = "not same"
    REPEATS = "repeats"
    TELLS = "tells"
    EMPTY = "empty"
    CHATS = "chats"
    ASKS = "asks"
    EXCLUDED = "excluded"
    SUGGESTS = "suggests"
    COMPLAINS = "complains"
    SPAM = "spam"
    ARRIVES = "arrives"
    JOINS = "joins"
    SENDS_CODE = "sends code"
    UPDATES_HERE = "updates here"
    LEAVES = "leaves"
    LINKS_OFFICE = "links office"
    NAMES_SELF = "names self"
    ASKS_LANGUAGE = "asks language"
    CHOOSES_LANGUAGE = "chooses language"


COMMANDS: Mapping[str, Intent] = {
    **dict.fromkeys(("stop", "stopall", "stop all", "unsubscribe", "end", "quit"), Intent.STOP),
    **dict.fromkeys(("start", "unstop", "subscribe"), Intent.START),
    **dict.fromkeys(("help", "info", "menu", "?"), Intent.HELP),
    **dict.fromkeys(("cancel", "drop", "drop it", "nevermind", "never mind", "forget it"), Intent.CANCEL),
    **dict.fromkeys(("forget me", "delete me", "delete my data", "forgetme"), Intent.FORGET),
    **dict.fromkeys(("mine", "my reports", "list", "list my reports", "reports"), Intent.MINE),
    **dict.fromkeys(("status", "any news", "news"), Intent.STATUS),
    **dict.fromkeys(("join", "join channels", "join my phone"), Intent.JOINS),
    **dict.fromkeys(("updates here", "send updates here", "updates"), Intent.UPDATES_HERE),
    **dict.fromkeys(("leave", "unjoin"), Intent.LEAVES),
    **dict.fromkeys(("link", "link me", "link chat"), Intent.LINKS_OFFICE),
    **dict.fromkeys(("language", "languages", "change language"), Intent.ASKS_LANGUAGE),
    **dict.fromkeys(("skip", "pass"), Intent.SKIPS),
    **dict.fromkeys(("undo", "withdraw"), Intent.UNDO),
    **dict.fromkeys(("none", "none of these", "something else", "neither"), Intent.NONE_OF_THESE),
    **dict.fromkeys(("yes", "y", "yep", "yeah", "yh", "ye", "yes please", "correct"), Intent.YES),
    **dict.fromkeys(("no", "n", "nope", "nah", "no thanks"), Intent.NO),
}

BUTTONS: Mapping[str, Intent] = {
    "category": Intent.CHOOSES_CATEGORY,
    "place": Intent.CHOOSES_PLACE,
    "yes": Intent.YES,
    "no": Intent.NO,
    "none": Intent.NONE_OF_THESE,
    "undo": Intent.UNDO,
    "mine": Intent.MINE,
    "help": Intent.HELP,
    "cancel": Intent.CANCEL,
    "start": Intent.START,
    "language": Intent.CHOOSES_LANGUAGE,
    "updates": Intent.UPDATES_HERE,
    "skip": Intent.SKIPS,
    "still": Intent.CHOOSES_CASE,
}

KINDS: Mapping[Kind, Intent] = {
    Kind.STATUS: Intent.STATUS,
    Kind.FOLLOWUP: Intent.FOLLOWS_UP,
    Kind.OPT_OUT: Intent.STOP,
    Kind.CHAT: Intent.CHATS,
    Kind.QUESTION: Intent.ASKS,
    Kind.SUGGESTION: Intent.SUGGESTS,
    Kind.COMPLAINT_STAFF: Intent.COMPLAINS,
    Kind.COMPLAINT_COUNCILLOR: Intent.COMPLAINS,
    Kind.SPAM: Intent.SPAM,
}

_EDGES = re.compile(r"^[\s/!.,:;'\"]+|[\s!.,:;'\"]+$")


def command_of(text: str) -> Intent | None:
    """The command that the whole text is, in any case and with any punctuation round it."""
    bare = " ".join(_EDGES.sub("", text).casefold().split())
    return COMMANDS.get(bare) or (Intent.HELP if text.strip() == "?" else None)
