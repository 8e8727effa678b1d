"""Names of registers as people write them."""

import pytest

from config.naming import is_street, kind_of_place, nice_case, stop_name


@pytest.mark.parametrize(
    ("shouted", "nice"),
    [
        ("ST MARK'S ROAD", "St Mark's Road"),
        ("O'NEILL COURT", "O'Neill Court"),
        ("TOWER OF THE WINDS", "Tower of the Winds"),
        ("THE GREEN", "The Green"),
        ("12A", "12a"),
        ("FLAT 7", "Flat 7"),
        ("ST. JOHN-ON-THE-HILL", "St. John-On-The-Hill"),
        ("", ""),
    ],
)
def test_capitals_become_a_name(shouted: str, nice: str) -> None:
    assert nice_case(shouted) == nice


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        ("MILL LANE / HARBOUR RD", "Mill Lane / Harbour Road"),
        ("HARBOUR STATION  [DLR]", "Harbour Station"),
        ("HIGH ST", "High Street"),
        ("ST MARK'S CHURCH", "St Mark's Church"),
        ("TOWN PIER. R", "Town Pier"),
        ("HARBOUR TN CTR / QUAY STN [DLR]", "Harbour Town Centre / Quay Station"),
    ],
)
def test_a_stop_is_named_as_people_say_it(stop: str, said: str) -> None:
    assert stop_name(stop) == said


@pytest.mark.parametrize(
    "name", ["Mill Lane", "A999", "Promenade", "The Strand", "Marsh FP2", "Q&A Roundabout"]
)
def test_a_street_is_a_street(name: str) -> None:
    assert is_street(name)


@pytest.mark.parametrize(
    "name", ["1 Mill Villas", "20;21;22a", "47C", "Unit 9D", "9 Garden Flat", "", "Mill Station"]
)
def test_a_house_or_a_landmark_is_no_street(name: str) -> None:
    assert not is_street(name)


def test_a_station_is_a_landmark() -> None:
    assert kind_of_place("Mill Bus Station") == "station"
    assert kind_of_place("Station Road") is None
