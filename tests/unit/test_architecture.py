"""The rules of the house that a program can check."""

import ast
import socket
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "casework", "config", "geo", "nlp", "storage", "web")
MAY_IMPORT = {
    "casework": set(),
    "nlp": {"casework"},
    "geo": {"casework"},
    "storage": {"casework"},
    "config": {"casework"},
    "web": {"casework", "storage", "geo", "config"},
    "bot": set(PACKAGES),
}
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(path: Path) -> Iterator[str]:
    """The top-level names that a file imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield (node.module or "").partition(".")[0]


def named(path: Path) -> str:
    """The file as an id of a test."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_package_imports_only_what_it_may(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    forbidden = (set(PACKAGES) | {"tests"}) - MAY_IMPORT[package] - {package}

    assert forbidden.isdisjoint(imports_of(path))


@pytest.mark.parametrize("path", sorted((ROOT / "casework").rglob("*.py")), ids=named)
def test_the_domain_imports_the_standard_library_only(path: Path) -> None:
    assert set(imports_of(path)) <= set(sys.stdlib_module_names) | {"casework"}


def test_the_domain_does_no_input_and_output() -> None:
    io = {"socket", "subprocess", "sqlite3", "urllib", "http", "os", "pathlib", "logging", "threading"}
    used = {name for path in (ROOT / "casework").rglob("*.py") for name in imports_of(path)}

    assert io.isdisjoint(used)


def test_the_top_level_holds_these_packages_and_no_other() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert found == {*PACKAGES, "tests"}


def test_no_dependency_claims_one_of_our_names() -> None:
    claimed = packages_distributions()

    assert {name: claimed.get(name, ["streetcall"]) for name in PACKAGES} == {
        name: ["streetcall"] for name in PACKAGES
    }


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_datetime_is_naive(path: Path) -> None:
    assert [ast.unparse(call) for call in naive_calls(tree_of(path))] == []


def naive_calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls that make a datetime without a time zone."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, given = node.func.attr, len(node.args) + len(node.keywords)
        if name in ("utcnow", "utcfromtimestamp") or (name == "now" and is_datetime(node.func) and not given):
            yield node
        if name == "fromtimestamp" and is_datetime(node.func) and given < 2:
            yield node


def is_datetime(function: ast.Attribute) -> bool:
    """True for ``datetime.now`` and the like."""
    return isinstance(function.value, ast.Name) and function.value.id == "datetime"


def test_a_naive_datetime_would_be_found() -> None:
    tree = ast.parse("datetime.now()\ndatetime.now(UTC)\ndatetime.utcnow()\nclock.now()")

    assert [ast.unparse(call) for call in naive_calls(tree)] == ["datetime.now()", "datetime.utcnow()"]


def test_a_unit_test_opens_no_connection() -> None:
    with pytest.warns(UserWarning, match="socket"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET)
