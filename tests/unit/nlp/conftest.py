"""One reader for all tests of nlp: building it takes a tenth of a second."""

import pytest

from nlp.reader import Reader
from tests.unit.nlp.helpers import make_pack


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader of the small pack."""
    return Reader(make_pack())
