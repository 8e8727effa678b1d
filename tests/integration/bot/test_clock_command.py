"""`streetcall clock`: any statutory deadline, for an officer and for programs."""

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli, ["clock", *words])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("partner", "2026-03-16", "--nation", "england"), "2026-04-15T23:59:00+01:00\n"),
        (("partner", "2026-03-16", "--nation", "northern-ireland"), "2026-04-16T23:59:00+01:00\n"),
        (("council", "2027-12-31", "--nation", "scotland"), "2028-02-29T23:59:00+00:00\n"),
        # Years that no pack's calendar knows.
        (("partner", "2006-12-01", "--nation", "wales"), "2007-01-03T23:59:00+00:00\n"),
    ],
)
def test_it_prints_the_deadline_and_nothing_else(words: tuple[str, ...], expected: str) -> None:
    done = ask(*words)

    assert (done.exit_code, done.stdout) == (0, expected)


@pytest.mark.parametrize(
    "words",
    [
        ("partner", "2026-03-16"),
        ("partner", "2026-03-16", "--nation", "ireland"),
        ("police", "2026-03-16", "--nation", "england"),
        ("council", "2026-02-30", "--nation", "england"),
        ("council", "16/03/2026", "--nation", "england"),
        # Nobody knows what will be a bank holiday then, nor was there any such law.
        ("council", "9999-12-31", "--nation", "england"),
        ("partner", "1066-10-14", "--nation", "england"),
    ],
)
def test_wrong_use_is_exit_status_2(words: tuple[str, ...]) -> None:
    assert ask(*words).exit_code == 2
