"""HM Land Registry price paid: addresses of sold homes, without coordinates: their postcode's is taken."""

from collections.abc import Iterator, Mapping

from casework.packs import Address
from geo.importing.refusing import NoPlace
from geo.importing.writing import name, postcode

COLUMNS = (
    "transaction",
    "price",
    "date",
    "postcode",
    "property_type",
    "new",
    "duration",
    "paon",
    "saon",
    "street",
    "locality",
    "town",
    "district",
    "county",
    "category",
    "status",
)
"""The files of the download have no first line that names them."""

DELETED = "D"


def read(row: Mapping[str, str]) -> Iterator[Address]:
    """The address of a row; what it was sold for is not looked at."""
    code = row["postcode"].strip()
    if row["status"].strip() == DELETED or not code:
        raise NoPlace
    locality = row["locality"].strip() or row["town"].strip()
    paon = name(row["paon"], "the house number or name")
    yield Address(row["saon"].strip(), paon, row["street"].strip(), locality, postcode(code))
