"""Packs in folders: what is there, what is missing, what is misspelt, what goes together."""

from pathlib import Path

import pytest

from casework.errors import PackError
from config.loading import check, load_pack, load_packs
from tests.packs import (
    AUTHORITY,
    COUNCILLORS,
    NORTH_BOX,
    ROUTES,
    SOUTH_BOX,
    STAFF,
    TODAY,
    USUAL,
    box,
    collection,
    feature,
    write_pack,
)

DEMO = Path(__file__).parents[3] / "config" / "demo"


def test_a_sound_folder_is_a_pack(tmp_path: Path) -> None:
    pack, faults = load_pack(write_pack(tmp_path), TODAY)
    assert faults == ()
    assert pack is not None
    assert (pack.code, len(pack.areas), len(pack.gazetteer.streets)) == ("tarn", 2, 4)


def test_a_pack_with_errors_is_none(tmp_path: Path) -> None:
    pack, faults = load_pack(write_pack(tmp_path, routes=ROUTES.replace("tarn/", "x/")))
    assert pack is None
    assert [fault.file for fault in faults] == ["routes.toml"]


def test_check_lists_the_faults_by_file_and_line(tmp_path: Path) -> None:
    write_pack(tmp_path, routes=ROUTES.replace("_", "-"), staff=STAFF.replace("@", ""))
    faults = check(tmp_path)
    assert [(fault.file, fault.line) for fault in faults] == sorted((f.file, f.line) for f in faults)
    assert {fault.file for fault in faults} >= {"routes.toml", "staff.csv"}


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    [fault] = check(tmp_path / "nowhere")
    assert "there is no such folder" in fault.message


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    file.write_bytes(b"PK")
    [fault] = check(file)
    assert "this is a file; give the path of the folder" in fault.message


def test_an_empty_folder_says_where_to_begin(tmp_path: Path) -> None:
    [fault] = check(tmp_path)
    assert "copy config/demo" in fault.message


def test_a_file_called_areas_is_said(tmp_path: Path) -> None:
    write_pack(tmp_path, wards=None, extra={"areas": "x"})
    assert any(fault.file == "areas" and "must be a folder" in fault.message for fault in check(tmp_path))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("categories", "catagories.toml"),
        ("councillors", "councilors.csv"),
        ("councillors", "councillors.xlsx"),
        ("authority", "Authority.toml"),
        ("wards", "areas/wards.json"),
        ("wards", "area/wards.geojson"),
        ("streets", "gazetteer/street.csv"),
        ("escalation", "escalations.toml"),
    ],
)
def test_a_misspelt_file_is_offered_its_right_name(tmp_path: Path, name: str, wrong: str) -> None:
    write_pack(tmp_path, extra={wrong: USUAL[name]}, **{name: None})
    hints = [fault.message for fault in check(tmp_path) if fault.file == wrong and not fault.error]
    assert len(hints) == 1
    assert "did you mean" in hints[0]


@pytest.mark.parametrize(
    "name", ["README.md", ".DS_Store", "notes.txt", "areas/.DS_Store", "categories (1).toml"]
)
def test_other_files_are_passed_over(tmp_path: Path, name: str) -> None:
    write_pack(tmp_path, extra={name: "x"})
    assert check(tmp_path) == []


def test_packs_that_stay_apart_are_served_together(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one")
    other = write_pack(tmp_path / "other", authority=other_authority(), wards=wards_at(54.0))
    assert [pack.code for pack in load_packs([one, other])] == ["tarn", "mere"]


def test_packs_whose_wards_overlap_are_refused(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one")
    other = write_pack(tmp_path / "other", authority=other_authority(), wards=wards_at(53.005))
    with pytest.raises(PackError, match="overlap") as refused:
        load_packs([one, other])
    [fault] = faults_in(refused.value)
    assert str(other) in fault


def test_a_place_may_pass_from_one_pack_to_another(tmp_path: Path) -> None:
    until = collection(
        feature(NORTH_BOX, code="N", name="Kept"),
        feature(SOUTH_BOX, code="S", name="Given", valid_to="2050-05-01"),
    )
    after = collection(
        feature(box(54.0, 0.50, 54.01, 0.52), code="A", name="Always"),
        feature(SOUTH_BOX, code="B", name="Taken", valid_from="2050-05-01"),
    )
    people = COUNCILLORS.partition("\n")[0]
    plain = {
        "councillors": people,
        "staff": STAFF.replace("E99100001 E99100002", ""),
        "charter": USUAL["charter"].rpartition("[[standard]]")[0],
    }
    one = write_pack(tmp_path / "one", wards=until, **plain)
    other = write_pack(tmp_path / "other", authority=other_authority(), wards=after, **plain)
    assert len(load_packs([one, other])) == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"mere"', '"tarn"', "the code 'tarn' is also that of"),
        ('"ME"', '"TN"', "the prefix 'TN' is also that of"),
    ],
)
def test_packs_with_the_same_code_or_prefix_are_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    one = write_pack(tmp_path / "one")
    other = write_pack(
        tmp_path / "other", authority=other_authority().replace(old, new), wards=wards_at(54.0)
    )
    with pytest.raises(PackError, match=says):
        load_packs([one, other])


def test_the_faults_of_all_packs_are_told_at_once(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", routes=ROUTES.replace("tarn/", "x/"))
    other = write_pack(tmp_path / "other", councillors=COUNCILLORS.replace("ann.moss@", ""))
    with pytest.raises(PackError) as refused:
        load_packs([one, other])
    told = faults_in(refused.value)
    assert any("one/routes.toml:3" in fault for fault in told)
    assert any("other/councillors.csv:2" in fault for fault in told)


def test_the_demo_borough_has_no_errors() -> None:
    if not (DEMO / "authority.toml").exists():
        pytest.skip("config/demo is empty")
    pack, faults = load_pack(DEMO, TODAY)
    assert [str(fault) for fault in faults if fault.error] == []
    assert pack is not None


def other_authority() -> str:
    return AUTHORITY.replace('"tarn"', '"mere"').replace('"TN"', '"ME"')


def wards_at(south: float) -> str:
    return collection(
        feature(box(south, 0.50, south + 0.01, 0.52), code="E99100001", name="Lower"),
        feature(box(south + 0.01, 0.50, south + 0.02, 0.52), code="E99100002", name="Upper"),
    )


def faults_in(error: PackError) -> list[str]:
    faults = error.parameters["faults"]
    assert isinstance(faults, tuple)
    return [str(fault) for fault in faults]
