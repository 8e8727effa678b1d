"""Starlette's test client, from whichever of httpx and httpx2 is installed."""

import warnings

with warnings.catch_warnings():
    # With httpx it works as well, and says at its import that it would rather have httpx2.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["TestClient"]
