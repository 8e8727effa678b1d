"""Dossiers and records as pages of their own: one file each, to be sent, kept or printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from jinja2 import Environment

from casework.calls import Matter
from casework.cases import Report
from casework.packs import Pack
from casework.stepping import Scene
from config.wording import Catalogue
from storage.photos import PhotoStore
from storage.store import Store
from web.assets import HERE
from web.call_words import CallWords, Told
from web.case_words import CaseWords
from web.dossier import present_body, signature
from web.dossier_words import photo_ids, pictures, show
from web.rendering import create_environment

_STYLES = ("streetcall.css", "case.css", "dossier.css")


@dataclass(frozen=True, slots=True)
class Records:
    """Writes them for one authority, in its own language."""

    store: Store
    photos: PhotoStore
    pack: Pack
    environment: Environment
    catalogue: Catalogue

    @property
    def language(self) -> str:
        """The authority's first language."""
        return self.pack.authority.languages[0]

    def dossier_page(self, scene: Scene) -> str:
        """The dossier as it stands, as HTML with its pictures and styles inside."""
        words = self._words()
        body = present_body(self.store, self.pack, scene.matter, scene)
        kept = pictures(self.store, self.photos, photo_ids(body))
        signed = [version for version in scene.matter.dossiers if version.signed]
        return self._page(
            "dossier.html",
            words,
            shown=show(words, body, kept),
            version=0,
            signature=signature(words, signed[-1] if signed else None),
        )

    def record_page(self, matter: Matter, report: Report | None, now: datetime) -> str:
        """The whole record of a report or call, also what was not public, as HTML."""
        words = self._words()
        of_case = CaseWords(words.t, self.language, self.pack)
        cluster = matter.case.cluster.id if matter.case else ""
        history = self.store.cases.history(cluster) if cluster else ()
        events = [
            (Told(event.when, event.moment, event.what, event.words), update.public)
            for update in history
            if update.report_id in {None, report.id if report else None}
            for event in of_case.events([update])
        ]
        named = report.reference if report else (matter.call.reference if matter.call else "")
        return self._page(
            "record.html",
            words,
            reference=named,
            lead=words.t("record.lead", on=words.deadline(now)),
            told=report.text if report else (matter.call.title if matter.call else ""),
            promises=[of_case.promise(matter.case, report, now)] if matter.case and report else [],
            events=events,
            steps=[(words.step(step), step.public) for step in matter.steps],
            clocks=[words.clock(clock, now) for clock in matter.clocks],
            contact=self.pack.authority.phone or self.pack.authority.email,
        )

    def _words(self) -> CallWords:
        def t(key: str, **parameters: object) -> str:
            return self.catalogue.text(key, self.language, **parameters)

        return CallWords(t, self.language, self.pack)

    def _page(self, template: str, words: CallWords, **context: object) -> str:
        unused: Mapping[str, object] = {
            "versions": (),
            "may_edit": False,
            "may_sign": False,
            "typed": {},
            "said": "",
            "error": "",
            "back": "",
            "most": 0,
        }
        return self.environment.get_template(template).render(
            t=words.t,
            language=self.language,
            direction=Locale.parse(self.language.replace("-", "_")).text_direction,
            site=self.pack.authority.short_name,
            standalone="".join((HERE / "static" / name).read_text(encoding="utf-8") for name in _STYLES),
            **{**unused, **context},
        )


def create_records(store: Store, photos: PhotoStore, pack: Pack) -> Records:
    """The writer of one authority's dossiers and records."""
    return Records(store, photos, pack, create_environment(), Catalogue(HERE / "locale"))
