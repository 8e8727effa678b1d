"""What "my street" means is asked once and kept only if the resident agrees."""

from tests.talk import HIGH_STREET, Town


def test_my_street_is_asked_about_and_offered_to_be_kept(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says("someone dumped a sofa in my street") == ["ask.place_home"]
    assert ann.says("1 High Street") == ["report.filed", "home.ask"]
    assert "1 High Street" in ann.heard


def test_a_home_that_was_agreed_on_is_used_the_next_time(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa in my street")
    ann.says("1 High Street")

    assert ann.says("yes") == ["home.kept"]
    assert ann.says("there is a deep pothole outside my house")[0].startswith("report.filed")
    assert [report.label for report in ann.reports] == ["1 High Street", "1 High Street"]


def test_a_home_is_not_kept_against_the_resident_s_will(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa in my street")
    ann.says("1 High Street")

    assert ann.says("no") == ["home.not_kept"]
    assert ann.says("now there is a pothole outside my house") == ["ask.place_home"]


def test_silence_about_a_home_is_no_agreement(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa in my street")
    ann.says("1 High Street")
    ann.says("graffiti on the wall at 1 High Street")

    assert "home.kept" not in ann.says("yes")
    assert ann.says("now there is a pothole outside my house") == ["ask.place_home"]


def test_a_home_is_forgotten_with_everything_else(town: Town) -> None:
    ann = town.resident("ann")
    ann.says("someone dumped a sofa in my street")
    ann.says("1 High Street")
    ann.says("yes")
    ann.says("forget me")
    ann.says("yes")

    assert ann.says("now there is a pothole outside my house") == ["ask.place_home"]


def test_a_street_that_is_nobody_s_home_is_not_offered(town: Town) -> None:
    ann = town.resident("ann")

    assert ann.says("a sofa was dumped outside 1 High Street") == ["report.filed"]
    bob = town.resident("bob")
    bob.says("someone sprayed graffiti by my nan's")
    assert "home.ask" not in bob.says(pin=HIGH_STREET)
