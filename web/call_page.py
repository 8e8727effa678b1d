"""``/calls/REF``: what everybody may read of a call for action: steps, deadlines, money and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.budgets import pounds
from casework.calls import BudgetLine, Matter
from casework.clock import Clock
from casework.packs import Pack
from casework.references import find_references
from storage.store import Store
from web.call_words import CallWords, is_public, public_steps
from web.case_words import CaseWords, Fact
from web.forms import plain_page
from web.rendering import Pages

_LONGEST = 40


def create_call_routes(store: Store, packs: Mapping[str, Pack], clock: Clock, pages: Pages) -> list[Route]:
    """The route ``GET /calls/REF``."""
    return [Route("/calls/{reference}", _CallPages(store, packs, clock, pages).show, name="call")]


@dataclass(frozen=True, slots=True)
class _CallPages:
    store: Store
    packs: Mapping[str, Pack]
    clock: Clock
    pages: Pages

    def show(self, request: Request) -> Response:
        """The call's page; 404 in plain words for one that is not there or not for everybody."""
        typed = request.path_params["reference"][:_LONGEST]
        prefixes = [pack.authority.prefix for pack in self.packs.values()]
        reference = next(iter(find_references(typed.strip(), prefixes)), None)
        matter = self.store.calls.matter_by_reference(reference) if reference else None
        pack = self.packs.get(matter.call.jurisdiction) if matter and matter.call else None
        if matter is None or matter.call is None or pack is None or not is_public(pack, matter):
            return plain_page(self.pages, request, "call.missing", HTTPStatus.NOT_FOUND)
        if typed != matter.call.reference:
            return RedirectResponse(f"/calls/{matter.call.reference}", HTTPStatus.SEE_OTHER)
        words = CallWords(self.pages.words_for(request), self.pages.language_of(request), pack)
        return self.pages.page(
            "call.html",
            request,
            title=words.t("call.page.title", reference=matter.call.reference, title=matter.call.title),
            lead=words.t("call.page.lead", ward=words.ward(matter.call.ward)),
            facts=self._facts(words, matter),
            recommendations=[
                (
                    words.t("carry.recommendation", number=r.number, body=words.body(r.body)),
                    r.words,
                    words.recommendation(matter, r),
                    response.words if (response := matter.response_to(r.id)) else "",
                )
                for r in matter.recommendations
                if r.sent_at
            ],
            steps=[words.step(step) for step in reversed(public_steps(matter))],
            contact=pack.authority.phone or pack.authority.email,
        )

    def _facts(self, words: CallWords, matter: Matter) -> tuple[Fact, ...]:
        call, case, t = matter.call, matter.case, words.t
        facts = [Fact(t("carry.stage"), (words.stage(matter.stage),))]
        if case and case.reports:
            where = CaseWords(t, words.language, words.pack).public_where(case.reports[0])
            facts.append(Fact(t("case.fact.where"), (where,)))
            facts.append(Fact(t("carry.voices"), (str(case.voices),)))
        if call:
            facts.append(
                Fact(t("carry.carried_by"), (words.councillor(call.councillor) or t("call.nobody"),))
            )
        if call and call.referred_at:
            texts = {"sought": call.sought, "spoken_for": call.spoken_for}
            facts += [Fact(t(f"carry.{name}"), (text,)) for name, text in texts.items() if text]
        if matter.clocks:
            now = self.clock.now()
            facts.append(Fact(t("carry.clocks"), tuple(words.clock(c, now) for c in matter.clocks)))
        if matter.lines:
            lines = tuple(
                t(f"budget.line.{x.kind}", amount=pounds(x.pence), words=x.words) for x in matter.lines
            )
            facts.append(Fact(t("carry.lines"), lines))
        return tuple(facts)


def _line(words: CallWords, line: BudgetLine) -> str:
    return words.t(f"budget.line.{line.kind}", amount=pounds(line.pence), words=line.words)
