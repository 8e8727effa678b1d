"""Stylesheets, scripts and pictures under /static."""

import gzip
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette

from casework.errors import SettingsError
from tests.unit.web.client import TestClient
from web.assets import LIBRARIES, Assets, load_assets


@pytest.fixture(scope="module")
def assets() -> Assets:
    """The assets of the product."""
    return load_assets()


@pytest.fixture(scope="module")
def client(assets: Assets) -> TestClient:
    """A browser that can ask for them."""
    return TestClient(Starlette(routes=[assets.mount()]))


def test_a_file_may_be_kept_for_ever_under_its_address(assets: Assets, client: TestClient) -> None:
    answer = client.get(assets.url("chat.css"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


def test_a_page_from_before_an_upgrade_still_gets_the_file_but_may_not_keep_it(client: TestClient) -> None:
    answer = client.get("/static/0123456789abcdef/chat.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_a_changed_file_changes_every_address(tmp_path: Path, assets: Assets) -> None:
    (tmp_path / "page.css").write_text("a{}")
    before = load_assets(tmp_path).url("page.css")
    (tmp_path / "page.css").write_text("b{}")
    assert load_assets(tmp_path).url("page.css") != before


def test_text_is_sent_zipped_to_those_who_can_read_it(assets: Assets, client: TestClient) -> None:
    zipped = client.get(assets.url("leaflet/leaflet.js"), headers={"Accept-Encoding": "gzip"})
    plain = client.get(assets.url("leaflet/leaflet.js"), headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert zipped.content == plain.content
    assert gzip.compress(plain.content, 9, mtime=0) == assets.files["leaflet/leaflet.js"].zipped


@pytest.mark.parametrize("name", ["nothing.css", "../chat_page.py", "%2e%2e/assets.py", "/etc/passwd"])
def test_what_is_no_asset_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/static/0123456789abcdef/{name}").status_code == 404


def test_an_address_for_a_missing_file_is_an_error_when_the_page_is_made(assets: Assets) -> None:
    with pytest.raises(KeyError):
        assets.url("no-such.css")


def test_without_the_libraries_the_start_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="npm ci --prefix web --ignore-scripts"):
        load_assets(libraries=tmp_path)


def test_every_library_file_is_served(assets: Assets) -> None:
    assert set(LIBRARIES.values()) <= set(assets.files)


def test_the_typeface_and_crest_of_gov_uk_stay_on_gov_uk(assets: Assets) -> None:
    stylesheet = assets.files["govuk/govuk-frontend.css"].body.decode()
    assert "--font" in stylesheet
    for reserved in ("GDS Transport", "@font-face", "crest", "/assets/fonts", "sourceMappingURL"):
        assert reserved not in stylesheet


def test_what_a_stylesheet_or_script_asks_for_is_there(assets: Assets) -> None:
    for name, asset in assets.files.items():
        if name.endswith("leaflet.css"):
            for target in re.findall(r"url\((images/[^)]+)\)", asset.body.decode()):
                assert f"leaflet/{target}" in assets.files
        if name.startswith("chat") and name.endswith(".js"):
            folder = f"{Path(name).parent.as_posix()}/".removeprefix("./")
            for target in re.findall(r'from "\./([^"]+)"', asset.body.decode()):
                assert folder + target in assets.files


def test_our_own_files_ask_for_nothing_from_elsewhere(assets: Assets) -> None:
    for name, asset in assets.files.items():
        if asset.media_type.startswith("text/") and not name.startswith(("govuk/", "leaflet/")):
            assert not re.search(rb"https?://(?!www\.w3\.org)\w", asset.body), name
