"""``/carry/TOKEN``: where councillors, scrutiny officers and services act on a matter, without a password.

Opening it does nothing, because mail scanners open every link; only a form acts. What is possible
is read again when the form arrives, and said again where it has changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from casework.budgets import pounds, year_of
from casework.calls import Matter, Step
from casework.carrying import new_call, open_call
from casework.clock import Clock
from casework.errors import LinkInvalid, NotAllowed, NotFound, StorageUnavailable
from casework.ladder import Deed, Kind, Stage, kind_of, possible
from casework.minting import Mint
from casework.offices import able_councillors, name_of, names, officers, ward_councillor
from casework.packs import Pack
from casework.stepping import MAX_WORDS, Act, Scene
from config.links import CarryLink, Links
from storage.carrying import carry_out
from storage.store import Store
from web.act import services_by_body
from web.call_forms import FIELDS, Input, act_of, fields_of, offered, options, usual_service
from web.call_words import CallWords, is_public
from web.case_words import CaseWords, Fact, map_url
from web.forms import again_page, link_page, plain_page, read_form
from web.rendering import Pages


@dataclass(frozen=True, slots=True)
class Opened:
    """A link with the matter that it opens, for whoever holds it."""

    token: str
    link: CarryLink
    pack: Pack
    matter: Matter


Make = Callable[[Opened], Response]


class _Gone(Exception):
    """There is no such matter any more."""


class _NotTheirs(Exception):
    """Whoever holds the link is not in office there today; ``who`` are."""

    def __init__(self, who: str) -> None:
        super().__init__("not theirs")
        self.who = who


def create_carry_routes(shown: "CarryPages") -> list[Route]:
    """The routes ``GET`` and ``POST /carry/TOKEN``."""
    return [
        Route("/carry/{token}", shown.show, methods=["GET"], name="carry"),
        Route("/carry/{token}", shown.post, methods=["POST"], name="carry-post"),
    ]


@dataclass(frozen=True, slots=True)
class CarryPages:
    """The pages of one deployment."""

    store: Store
    packs: Mapping[str, Pack]
    links: Links
    clock: Clock
    mint: Mint
    pages: Pages

    def show(self, request: Request) -> Response:
        """The matter and what may be done with it; for a ward, its matters."""
        return self.guarded(request, {}, lambda opened: self._page(request, opened, request.query_params))

    def guarded(self, request: Request, typed: Mapping[str, str], make: Make) -> Response:
        """A page for who may see it, or the plain page that says why not."""
        try:
            return make(self.open(request))
        except LinkInvalid as fault:
            return link_page(self.pages, request, fault)
        except (_Gone, NotFound):
            return plain_page(self.pages, request, "carry.gone", HTTPStatus.NOT_FOUND)
        except _NotTheirs as fault:
            return plain_page(self.pages, request, "carry.passed_on", HTTPStatus.GONE, who=fault.who)
        except StorageUnavailable:
            return again_page(self.pages, request, typed)

    async def post(self, request: Request) -> Response:
        """Do what the form says, or say why not; nothing that was typed is lost."""
        typed = await read_form(request)
        return await run_in_threadpool(
            self.guarded, request, typed, lambda opened: self._do(request, opened, typed)
        )

    def _do(self, request: Request, opened: Opened, typed: Mapping[str, str]) -> Response:
        try:
            token = self._act(opened, typed)
        except NotAllowed as fault:
            opened = self.open(request)
            form = fault.key in {"act.choose", "act.too_long"} or fault.key.endswith(("_needed", "amount"))
            status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.CONFLICT
            return self._page(request, opened, typed, status, fault=fault)
        # Loading the page again must not act again.
        return RedirectResponse(f"/carry/{token}?said={quote(typed['do'])}", HTTPStatus.SEE_OTHER)

    def _act(self, opened: Opened, typed: Mapping[str, str]) -> str:
        """The token of the matter as it is afterwards."""
        wanted = typed.get("do", "")
        if opened.link.about.startswith("ward:"):
            return self._open_matter(opened, typed)
        if wanted not in FIELDS:
            raise NotAllowed("nothing chosen", key="act.choose")
        deed = Deed(wanted)
        self.carry_out(opened, lambda scene: act_of(deed, typed, scene, self.store))
        return opened.token

    def carry_out(self, opened: Opened, act: Act) -> None:
        """Whoever holds the link acts on the matter as it stands now."""
        find = partial(self._find, opened.link)
        carry_out(self.store, opened.pack, find, opened.link.actor, act, self.clock, self.mint)

    def _open_matter(self, opened: Opened, typed: Mapping[str, str]) -> str:
        ward = name_of(opened.link.about)
        matter = carry_out(
            self.store,
            opened.pack,
            Matter,
            opened.link.actor,
            lambda scene: open_call(
                scene, ward, typed.get("title", ""), typed.get("words", ""), typed.get("spoken_for", "")
            ),
            self.clock,
            self.mint,
        )
        about = f"call:{matter.call.id}" if matter.call else opened.link.about
        return self.links.carry_token(replace(opened.link, about=about))

    # --- What the link opens ---

    def open(self, request: Request) -> Opened:
        """The matter behind the link. Raises LinkInvalid, or that it is gone or not theirs."""
        token = request.path_params["token"]
        link = self.links.read_carry(token)
        pack = self.packs.get(link.jurisdiction)
        matter = self._find(link) if pack else None
        if pack is None or matter is None:
            raise _Gone
        opened = Opened(token, link, pack, matter)
        self._check_office(opened)
        return opened

    def _find(self, link: CarryLink) -> Matter | None:
        kind, _, code = link.about.partition(":")
        if kind == "call":
            return self.store.calls.matter(code)
        return self.store.calls.matter_of_cluster(code) if kind == "case" else Matter()

    def _check_office(self, opened: Opened) -> None:
        """What is not public is shown to nobody who left: a link outlives its holder's term."""
        scene, actor = self.scene(opened), opened.link.actor
        matter = self._ward_matter(opened)
        if kind_of(actor) is Kind.COUNCILLOR:
            try:
                ward_councillor(opened.pack, matter, actor, scene.today)
            except NotAllowed as fault:
                who = names(able_councillors(opened.pack, matter, scene.today))
                raise _NotTheirs(who) from fault
        elif kind_of(actor) is Kind.SCRUTINY:
            in_office = officers(opened.pack, scene.today)
            watching = any(f"staff:{s.id}" == actor and s.in_office(scene.today) for s in opened.pack.staff)
            if not watching:
                raise _NotTheirs(", ".join(s.name for s in in_office))
        elif opened.pack.service(name_of(actor)) is None:
            raise _NotTheirs("")

    def _ward_matter(self, opened: Opened) -> Matter:
        """The matter; for the link to a ward, something in that ward."""
        if not opened.link.about.startswith("ward:"):
            return opened.matter
        scene = self.scene(opened)
        return Matter(call=new_call(scene, ward=name_of(opened.link.about)))

    def scene(self, opened: Opened) -> Scene:
        """Whoever holds the link, about to act."""
        return Scene(opened.pack, opened.matter, opened.link.actor, self.clock.now(), self.mint)

    def words(self, request: Request, pack: Pack) -> CallWords:
        """The words for this reader."""
        return CallWords(self.pages.words_for(request), self.pages.language_of(request), pack)

    # --- What it shows ---

    def _page(
        self,
        request: Request,
        opened: Opened,
        typed: Mapping[str, str],
        status: int = HTTPStatus.OK,
        *,
        fault: NotAllowed | None = None,
    ) -> Response:
        if opened.link.about.startswith("ward:"):
            return self._ward_page(request, opened, typed, status, fault)
        words, scene, matter = self.words(request, opened.pack), self.scene(opened), opened.matter
        deeds = offered(scene, matter)
        chosen = Deed(typed["do"]) if typed.get("do", "") in deeds else None
        call = matter.call
        return self.pages.page(
            "carry.html",
            request,
            status=status,
            title=words.t("carry.title", title=words.title(call, matter), ward=words.ward(matter.ward)),
            reference=call.reference if call else "",
            said=words.t("carry.done") if typed.get("said") in set(Deed) else "",
            error=refusal(words, matter, scene, fault) if fault else "",
            facts=self._facts(words, opened),
            recommendations=[
                (
                    words.t("carry.recommendation", number=r.number, body=words.body(r.body)),
                    r.words,
                    words.recommendation(matter, r),
                    response.words if (response := matter.response_to(r.id)) else "",
                )
                for r in matter.recommendations
            ],
            steps=[words.step(step) for step in reversed(_shown(scene, matter))],
            choices=[(str(deed), words.t(f"deed.{deed}"), self._where(opened, deed)) for deed in deeds],
            chosen=str(chosen or ""),
            chosen_label=words.t(f"deed.{chosen}") if chosen else "",
            hint=_hint(words, chosen),
            fields=_rows(chosen, words, scene, typed) if chosen and chosen is not Deed.SIGN else [],
            services=services_by_body(opened.pack),
            page=request.url.path,
            dossier=f"/dossier/{opened.token}" if call else "",
            public=f"/calls/{call.reference}" if call and is_public(opened.pack, matter) else "",
            most=MAX_WORDS,
        )

    def _where(self, opened: Opened, deed: Deed) -> str:
        return f"/dossier/{opened.token}#edit" if deed is Deed.SIGN else f"?do={deed}#answer"

    def _facts(self, words: CallWords, opened: Opened) -> tuple[Fact, ...]:
        matter, now, t = opened.matter, self.clock.now(), words.t
        call, case = matter.call, matter.case
        facts = [Fact(t("carry.stage"), (words.stage(matter.stage),))]
        if case and case.reports:
            of_case = CaseWords(t, words.language, opened.pack)
            where = of_case.where(case.reports[0])
            facts.append(Fact(t("case.fact.where"), (where,), map_url(case.reports[0]), t("case.map.link")))
            facts.append(Fact(t("carry.voices"), (str(case.voices),)))
        if call:
            carried = words.councillor(call.councillor) or t("call.nobody")
            facts.append(Fact(t("carry.carried_by"), (carried,)))
            texts = {"sought": call.sought, "spoken_for": call.spoken_for, "other_bodies": call.other_bodies}
            facts += [Fact(t(f"carry.{name}"), (text,)) for name, text in texts.items() if text]
        if matter.clocks:
            facts.append(Fact(t("carry.clocks"), tuple(words.clock(c, now) for c in matter.clocks)))
        line = self.budget(words, opened.pack, matter.ward)
        if line and kind_of(opened.link.actor) is not Kind.SERVICE:
            facts.append(Fact(t("carry.budget"), (line,)))
        return tuple(facts)

    def budget(self, words: CallWords, pack: Pack, ward: str | None) -> str:
        """How the ward's budget of this year stands; "" where there is none."""
        scene = Scene(pack, Matter(), "system", self.clock.now(), self.mint)
        begins = year_of(pack.escalation.budget, scene.today)
        ledger = self.store.calls.ledger(pack.code, ward or "", begins)
        if ledger is None:
            return ""
        return words.t(
            "carry.budget.line",
            balance=pounds(ledger.balance),
            allocated=pounds(ledger.allocated),
            committed=pounds(ledger.committed),
            paid=pounds(ledger.paid),
        )

    def _ward_page(
        self,
        request: Request,
        opened: Opened,
        typed: Mapping[str, str],
        status: int,
        fault: NotAllowed | None,
    ) -> Response:
        words, ward = self.words(request, opened.pack), name_of(opened.link.about)
        calls = self.store.calls.of_ward(opened.pack.code, ward)
        cases = self.store.calls.clusters_with_councillors(opened.pack.code, ward)
        known = {call.cluster_id for call in calls}
        bare = [m for c in cases if c not in known and (m := self.store.calls.matter_of_cluster(c))]

        def link(about: str) -> str:
            return f"/carry/{self.links.carry_token(replace(opened.link, about=about))}"

        return self.pages.page(
            "carry_ward.html",
            request,
            status=status,
            title=words.t("carry.ward.title", ward=words.ward(ward)),
            error=refusal(words, Matter(), self.scene(opened), fault) if fault else "",
            rows=[
                *(
                    (link(f"call:{c.id}"), c.title, words.stage(c.stage), words.day(c.changed_at))
                    for c in calls
                ),
                *((link(f"case:{m.about}"), words.title(None, m), words.stage(None), "") for m in bare),
            ],
            budget=self.budget(words, opened.pack, ward),
            typed=typed,
            most=MAX_WORDS,
        )


def _shown(scene: Scene, matter: Matter) -> tuple[Step, ...]:
    """A service reads what everybody may and what it did itself; the others read all."""
    if kind_of(scene.actor) is not Kind.SERVICE:
        return matter.steps
    return tuple(step for step in matter.steps if step.public or step.actor == scene.actor)


def refusal(words: CallWords, matter: Matter, scene: Scene, fault: NotAllowed) -> str:
    """Why it is refused, and what is possible instead, in a sentence."""
    kind = kind_of(scene.actor)
    deeds = possible(matter.stage, kind) if kind else ()
    labels = [words.t(f"deed.{deed}") for deed in deeds if deed in offered(scene, matter)]
    parameters = dict(fault.parameters) | {
        "possible": "; ".join(labels) or words.t("carry.nothing"),
        "stage": words.stage(
            Stage(str(fault.parameters["stage"])) if fault.parameters.get("stage") else None
        ),
    }
    if fault.parameters.get("question"):
        parameters["question"] = words.t(f"question.{fault.parameters['question']}")
    if fault.parameters.get("by_on"):
        parameters["by"] = words.deadline(datetime.fromisoformat(str(fault.parameters["by_on"])))
    try:
        return words.t(fault.key, **parameters)
    except KeyError:
        return words.t("error.not_allowed")


def _hint(words: CallWords, deed: Deed | None) -> str:
    try:
        return words.t(f"deed.{deed}.hint") if deed else ""
    except KeyError:
        return ""


def _rows(deed: Deed, words: CallWords, scene: Scene, typed: Mapping[str, str]) -> list[dict[str, object]]:
    """The fields of the form with what was typed in them."""
    rows: list[dict[str, object]] = []
    for field in fields_of(deed, scene.actor):
        is_check = field.input is Input.CHECK
        usual = usual_service(scene.pack, scene.matter.case) if field.input is Input.SERVICE else ""
        rows.append(
            {
                "name": field.name,
                "input": str(field.input),
                "label": words.t(f"question.{field.name}" if is_check else f"field.{field.name}"),
                "hint": _field_hint(words, field.name),
                "value": typed.get(field.name, usual),
                "reason": typed.get(f"{field.name}-reason", ""),
                "options": options(field, words, scene) if field.input is Input.CHOICE else [],
            }
        )
    return rows


def _field_hint(words: CallWords, name: str) -> str:
    try:
        return words.t(f"field.{name}.hint")
    except KeyError:
        return ""
