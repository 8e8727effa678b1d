"""A small pack to read with."""

from casework.escalation import Escalation
from casework.packs import Authority, Calendar, Category, Charter, ExcludedMatter, GazetteerSource, Pack

CATEGORIES = (
    Category(
        "fly_tipping",
        "Dumped rubbish",
        ("fly tip*", "dumped", "mattress", "sofa"),
        ("someone has dumped a settee by the garages", "black bags left in the alley again"),
    ),
    Category("road_surface", "Potholes", ("pothole*",), ("big hole in the road by the mill",)),
    Category("street_light", "Street lights", ("street light*", "lamp post*"), ("lamp out on our corner",)),
    Category("missed_collection", "Missed bins", ("missed bin*",), ("our recycling was not taken",)),
    Category("graffiti", "Graffiti", ("graffiti",), ("tags sprayed on the shelter",)),
    Category("noise", "Noise", ("loud music",), ("next door have a party every night",), sensitive=True),
    Category(
        "beekeeping",
        "Bees and hives",
        ("swarm*", "hive*"),
        ("there is a swarm of bees on the gate", "bees are nesting in the bench"),
    ),
    Category("other", "Something else"),
)
"""Common ones, and one that only this pack has."""

EXCLUDED = (
    ExcludedMatter(
        "planning", "Planning", ("planning permission", "planning application*"), "the planning desk"
    ),
    ExcludedMatter("council_tax", "Council tax", ("council tax",), "the tax desk"),
)


def make_pack(
    categories: tuple[Category, ...] = CATEGORIES, excluded: tuple[ExcludedMatter, ...] = EXCLUDED
) -> Pack:
    """A pack of these categories and nothing else."""
    authority = Authority(
        "testford", "Testford Council", "Testford", "TF", "england", "UTC", ("en",), "a@b.example"
    )
    return Pack(
        authority=authority,
        areas=(),
        bodies=(),
        categories=categories,
        excluded=excluded,
        emergencies=(),
        routes=(),
        charter=Charter(),
        councillors=(),
        staff=(),
        gazetteer=GazetteerSource(),
        calendar=Calendar(),
        escalation=Escalation(),
        digest="0",
    )
