"""Placeholders in sentences."""

import pytest

from config.wording import placeholders


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Thank you.", set()),
        ("Thank you, {name}.", {"name"}),
        ("{count:d} reports in {ward}", {"count", "ward"}),
        ("Write {{this}} as it is", set()),
    ],
)
def test_placeholders_are_the_names_in_single_braces(sentence: str, names: set[str]) -> None:
    assert placeholders(sentence) == names
