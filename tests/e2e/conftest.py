"""Fixtures for the running product; the log of what ran is shown beside a failed test."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests import packs
from tests.product import Product, product, running

_LAST = 6000


class Start(Protocol):
    """Starts a product that is ended after the test."""

    def __call__(self, **settings: object) -> Product: ...


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the product said, where a test of it failed."""
    report = yield
    if report.failed:
        report.sections += [
            (f"log of streetcall {p.command}, status {p.status}", p.log[-_LAST:]) for p in running
        ]
    return report


@pytest.fixture(scope="session")
def tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny authority that sends reports on at once."""
    authority = packs.AUTHORITY.replace("correction_minutes = 10", "correction_minutes = 0")
    return packs.write_pack(tmp_path_factory.mktemp("pack"), authority=authority)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start products in folders of their own, each with a new SQLite unless told otherwise."""
    with ExitStack() as stack:

        def begin(**settings: object) -> Product:
            return stack.enter_context(product(tmp_path / "product", **settings))

        yield begin
