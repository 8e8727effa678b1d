"""The mails about calls for action: to councillors, scrutiny officers and services, with their links."""

from dataclasses import dataclass
from datetime import datetime

from bot.delivery import Refused
from bot.mail.letters import Fact, Letter, Voice
from casework.calls import Matter
from casework.ladder import Kind, kind_of
from casework.minting import Mint
from casework.stepping import Scene
from config.links import CarryLink, Links
from config.wording import Catalogue
from storage.outbox import Waiting
from storage.store import Store
from web.call_forms import offered
from web.call_words import CallWords

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class CallLetters:
    """Writes them from what is kept, in the words that the pages have for the ladder."""

    store: Store
    links: Links
    catalogue: Catalogue

    def write(self, message: Waiting, voice: Voice, now: datetime) -> Letter:
        """The letter about one step. Raises Refused where its call is gone."""
        matter = self.store.calls.matter(str(message.parameters.get("call", "")))
        step = next(
            (s for s in matter.steps if s.id == message.parameters.get("step")) if matter else iter(()), None
        )
        if matter is None or matter.call is None or step is None:
            raise Refused("there is no such call")
        words = self._words(voice)
        scene = Scene(voice.pack, matter, message.recipient, now, Mint())
        link = CarryLink(f"call:{matter.call.id}", message.recipient, voice.pack.code)
        names = {
            "reference": matter.call.reference,
            "what": words.title(matter.call, matter),
            "where": words.ward(matter.call.ward),
        }
        return Letter(
            folder="call",
            subject=names | {"lead": words.what(step)},
            context=names
            | {
                "lead": words.what(step),
                "quote": step.words,
                "facts": tuple(_facts(voice, words, matter, message.recipient, now)),
                "pictures": (),
                "left_out": 0,
                "choices": (),
                "open": words.t("carry.what") if offered(scene, matter) else words.t("carry.read"),
                "page": self.links.carry_url(link),
            },
            thread=f"call.{matter.call.id}",
        )

    def write_ward(self, message: Waiting, voice: Voice, name: str) -> Letter | None:
        """What is open in a ward, to a councillor who has just taken office; None where nothing is."""
        ward = str(message.parameters.get("ward", ""))
        words, code = self._words(voice), voice.pack.code
        calls = self.store.calls.of_ward(code, ward)
        known = {call.cluster_id for call in calls}
        bare = [c for c in self.store.calls.clusters_with_councillors(code, ward) if c not in known]
        matters = [m for c in bare[:MOST_ROWS] if (m := self.store.calls.matter_of_cluster(c))]
        if not calls and not matters:
            return None

        def url(about: str) -> str:
            return self.links.carry_url(CarryLink(about, message.recipient, code))

        rows = [(call.title, words.stage(call.stage), url(f"call:{call.id}")) for call in calls[:MOST_ROWS]]
        rows += [(words.title(None, m), words.stage(None), url(f"case:{m.about}")) for m in matters]
        return Letter(
            folder="ward",
            subject={"ward": words.ward(ward)},
            context={
                "name": name,
                "ward": words.ward(ward),
                "rows": tuple(rows),
                "page": url(f"ward:{ward}"),
            },
        )

    def _words(self, voice: Voice) -> CallWords:
        def t(key: str, **parameters: object) -> str:
            return self.catalogue.text(key, voice.language, **parameters)

        return CallWords(t, voice.language, voice.pack)


def _facts(voice: Voice, words: CallWords, matter: Matter, to: str, now: datetime) -> list[Fact]:
    """How it stands; a service hears of no more than what concerns it."""
    t = words.t
    facts = [Fact(t("carry.stage"), (words.stage(matter.stage),))]
    if matter.case:
        facts.append(Fact(t("carry.voices"), (str(matter.case.voices),)))
    if matter.call and matter.call.sought:
        facts.append(Fact(t("carry.sought"), (matter.call.sought,)))
    clocks = [c for c in matter.clocks if kind_of(to) is not Kind.SERVICE or to == f"service:{c.service}"]
    if clocks:
        facts.append(Fact(t("carry.clocks"), tuple(words.clock(clock, now) for clock in clocks)))
    recommended = [
        f"{r.number}. {r.words}" for r in matter.recommendations if r.sent_at and to == f"service:{r.service}"
    ]
    if recommended:
        facts.append(Fact(t("carry.recommendations"), tuple(recommended)))
    return facts
