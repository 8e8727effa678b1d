"""Unit tests open no socket."""

from pytest_socket import disable_socket


def pytest_runtest_setup() -> None:
    """Refuse every socket but those of this machine's own kind (event loops need a pair)."""
    disable_socket(allow_unix_socket=True)
