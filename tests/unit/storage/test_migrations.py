"""Migrations are one chain, each numbered as its file is named."""

import re
from pathlib import Path

import storage.migrations.versions as versions

FILES = sorted(Path(versions.__path__[0]).glob("[0-9]*.py"))


def test_each_migration_follows_the_one_before_it() -> None:
    named = [path.name[:4] for path in FILES]
    said = [
        re.findall(r'^(?:revision|down_revision) = "?(\w+)"?$', path.read_text(encoding="utf-8"), re.M)
        for path in FILES
    ]

    assert said == [[number, before] for number, before in zip(named, ["None", *named], strict=False)]
