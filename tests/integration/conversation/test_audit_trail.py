"""A whole story leaves a trail of ids and codes that is whole after everybody is forgotten."""

from bot import case_jobs, jobs
from casework.acting import Act
from tests.talk import HIGH_STREET, Town, picture

WORDS = ("sofa", "Ann", "07700", "lorry", "High Street", "broken lift")


def test_a_story_leaves_a_whole_trail_without_anybodys_words(town: Town) -> None:
    ann, ben = town.resident("ann"), town.resident("ben")
    ann.says("a sofa dumped on High Street, ask for Ann on 07700 900123")
    ann.says("it has broken lift written on it")
    ann.says(photo=picture())
    ben.says("a fridge dumped", pin=HIGH_STREET)
    ben.says("UNDO")
    town.service_does(ann, Act.IN_PROGRESS, "the lorry comes on Monday")
    town.service_does(ann, Act.DONE, "the lorry took it")
    ann.says("no it has not been touched")
    ann.says("STOP")
    town.later(days=30)
    for job in (case_jobs.tell_overdue, jobs.mail_desk, jobs.ask_about_drafts):
        job(town.app.store, town.app.packs, town.clock, town.app.mint)
    kept = ann.case
    trail = town.app.store.audit
    assert jobs.chain_audit(town.app.store, town.app.packs, town.clock, town.app.mint) > 0
    before = trail.of_case(kept)

    for resident in (ann, ben):
        resident.says("FORGET ME")
        assert resident.says("YES") == ["forget.done"]
    jobs.chain_audit(town.app.store, town.app.packs, town.clock, town.app.mint)

    acts = {one.entry.act for one in before}
    assert {"report_filed", "case_done", "answered_no", "case_reopened", "promise_overdue"} <= acts
    assert [one for one in trail.of_case(kept) if one in before] == list(before)
    assert list(trail.flaws()) == []
    assert trail.tail().entries == 0
    said = " ".join(str(one.entry) for one in trail.about({one.entry.subject for one in before}))
    assert not [word for word in WORDS if word in said]
