"""Stylesheets, scripts and pictures under ``/static``: read once, named by what is in them.

Every address carries a hash of all assets, so that a browser may keep a file for ever and still
gets the new one after an upgrade. The hash is a folder, so relative addresses inside stylesheets
and scripts keep working.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from casework.errors import SettingsError

HERE = Path(__file__).parent
PREFIX = "/static"

# What a browser needs of the libraries in web/package.json, and the name that it gets here.
LIBRARIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.css": "govuk/govuk-frontend.css",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk/govuk-frontend.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/images/layers.png": "leaflet/images/layers.png",
    "leaflet/dist/images/layers-2x.png": "leaflet/images/layers-2x.png",
    "leaflet/dist/images/marker-icon.png": "leaflet/images/marker-icon.png",
    "leaflet/dist/images/marker-icon-2x.png": "leaflet/images/marker-icon-2x.png",
    "leaflet/dist/images/marker-shadow.png": "leaflet/images/marker-shadow.png",
}

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
_SMALLER_ZIPPED = {"text/javascript", "text/css", "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent; ``zipped`` is None where zipping would not help."""

    body: bytes
    media_type: str
    zipped: bytes | None = None


@dataclass(frozen=True, slots=True)
class Assets:
    """All files by name, for example ``chat.css`` or ``leaflet/leaflet.js``."""

    files: Mapping[str, Asset]
    digest: str = ""

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError for one that is not there."""
        if name not in self.files:
            raise KeyError(name)
        return f"{PREFIX}/{self.digest}/{name}"

    def mount(self) -> Mount:
        """The route that serves them."""
        return Mount(PREFIX, routes=[Route("/{digest}/{name:path}", self._serve)], name="static")

    async def _serve(self, request: Request) -> Response:
        asset = self.files.get(request.path_params["name"])
        if asset is None:
            return PlainTextResponse("Not found", status_code=404)
        # A page from before an upgrade asks under the old hash: it may have the file, not keep it.
        current = request.path_params["digest"] == self.digest
        headers = {"Cache-Control": _FOR_EVER if current else "no-cache", "Vary": "Accept-Encoding"}
        body = asset.body
        if asset.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"], body = "gzip", asset.zipped
        return Response(body, media_type=asset.media_type, headers=headers)


def load_assets(own: Path = HERE / "static", libraries: Path = HERE / "node_modules") -> Assets:
    """Read our own files and the libraries'. Raises SettingsError where a library is missing."""
    bodies = dict(_own(own)) | dict(_of_libraries(libraries))
    digest = hashlib.sha256()
    for name in sorted(bodies):
        digest.update(name.encode() + b"\0" + hashlib.sha256(bodies[name]).digest())
    return Assets({name: _asset(name, body) for name, body in bodies.items()}, digest.hexdigest()[:16])


def _own(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _of_libraries(folder: Path) -> Iterator[tuple[str, bytes]]:
    for source, name in LIBRARIES.items():
        try:
            body = (folder / source).read_bytes()
        except FileNotFoundError as error:
            raise SettingsError(f"{source} is missing: run npm ci --prefix web --ignore-scripts") from error
        yield name, _rebranded(body) if name == "govuk/govuk-frontend.css" else body


def _rebranded(stylesheet: bytes) -> bytes:
    """GOV.UK's typeface and crest are for gov.uk only: use the reader's own typeface, no crest."""
    text = stylesheet.decode()
    text = re.sub(r"@font-face\{[^}]*\}", "", text)
    text = re.sub(r"""["']?GDS Transport["']?,\s*arial,\s*sans-serif""", "var(--font)", text)
    text = re.sub(r"url\([^)]*govuk-crest[^)]*\)", "none", text)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text).encode()


def _asset(name: str, body: bytes) -> Asset:
    suffix = Path(name).suffix
    media_type = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    zipped = gzip.compress(body, 9, mtime=0) if media_type in _SMALLER_ZIPPED else None
    return Asset(body, media_type, zipped)
