"""OS Code-Point Open: the postcodes of Great Britain, a CSV for each postcode area."""

from collections.abc import Iterator, Mapping

from casework.packs import Postcode
from geo.importing.points import from_grid
from geo.importing.refusing import NoPlace
from geo.importing.writing import postcode

COLUMNS = (
    "postcode",
    "positional_quality_indicator",
    "eastings",
    "northings",
    "country_code",
    "nhs_regional_ha_code",
    "nhs_ha_code",
    "admin_county_code",
    "admin_district_code",
    "admin_ward_code",
)
"""The files of the download have no first line that names them."""

NOWHERE = "90"
"""The quality of a postcode that has no coordinates."""


def read(row: Mapping[str, str]) -> Iterator[Postcode]:
    """The postcode of a row."""
    if row["positional_quality_indicator"].strip() == NOWHERE:
        raise NoPlace
    yield Postcode(postcode(row["postcode"]), from_grid(row["eastings"], row["northings"]))
