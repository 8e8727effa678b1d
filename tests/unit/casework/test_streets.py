"""A street is learnt from several people who put it in one place."""

from casework.places import Point
from casework.streets import LEAST_REPORTS, Naming, learn


def naming(source: str, metres_north: float = 0.0, name: str = "Zebedee Terrace") -> Naming:
    return Naming(name.lower(), name, Point(51.5 + metres_north / 111_195, -0.1), source)


def test_three_people_who_agree_teach_a_street() -> None:
    (street,) = learn([naming("ann"), naming("bob", 40), naming("cy", 80)])
    assert (street.name, street.people) == ("Zebedee Terrace", LEAST_REPORTS)
    assert street.point == naming("bob", 40).point
    assert 39 < street.spread_m < 41


def test_one_person_three_times_teaches_nothing() -> None:
    assert learn([naming("ann"), naming("ann", 10), naming("ann", 20), naming("bob")]) == []


def test_people_who_put_it_far_apart_teach_nothing() -> None:
    assert learn([naming("ann"), naming("bob", 600), naming("cy", -600)]) == []


def test_the_spelling_of_most_people_is_the_name() -> None:
    found = [naming("ann"), naming("bob"), naming("cy", name="ZEBEDEE TERRACE")]
    assert [street.name for street in learn(found)] == ["Zebedee Terrace"]


def test_the_street_of_most_people_comes_first() -> None:
    few = [naming(str(n), name="A Road") for n in range(3)]
    many = [naming(str(n), name="B Road") for n in range(4)]
    assert [street.name for street in learn(few + many)] == ["B Road", "A Road"]
