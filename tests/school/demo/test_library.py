"""The demo library stands in the content library: published, findable, whole, and only once."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from content_library.models import FileRole, Item, StoredFile, Unit, UnitKind, UnitState
from content_library.shelf import files_of, items_of, published_version, topics_of_unit
from content_library.storage.disk import DiskStorage
from school.core.database import db
from school.demo.library import authors, item_id, load_library, unit_id
from school.demo.media import program_hash
from school.demo.names import AUTHORS
from school.demo.unit_files import read_units

SUMMER = datetime(2026, 8, 25, 6, 0, tzinfo=UTC)
RADCHENKO = uuid.UUID("01990000-0000-7000-8000-000000000007")


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "files", "a secret of this test")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("videos")


@pytest.fixture
def library(app: Flask, storage: DiskStorage, cache: Path) -> dict[str, Unit]:
    return load_library(db.session, storage, {"Радченко Марина Сергеевна": RADCHENKO}, SUMMER, cache=cache)


def test_every_unit_is_published(library: dict[str, Unit]) -> None:
    assert set(library) == {unit.code for unit in read_units()}
    for code, unit in library.items():
        assert unit.id == unit_id(code)
        assert unit.id.version == 7
        assert unit.state is UnitState.PUBLISHED
        assert unit.search_title.strip()
        assert topics_of_unit(db.session, unit)


def test_authors_have_their_accounts_where_they_are_known(library: dict[str, Unit]) -> None:
    assert "Радченко Марина Сергеевна" in authors()
    assert library["physics/7-density"].author_account_id == RADCHENKO
    assert library["maths/5-fractions-intro"].author_account_id is None
    assert library["maths/5-fractions-intro"].author_name == "Соколова Елена Викторовна"


def test_items_keep_their_names_and_points(library: dict[str, Unit]) -> None:
    version = published_version(db.session, library["maths/5-fractions-test"])
    assert version is not None
    items = items_of(db.session, version)
    assert [item.id for item in items] == [item_id("maths/5-fractions-test", n) for n in range(1, len(items) + 1)]
    assert items[-1].points == 2
    assert items[0].spec["key"] == {"value": "8/11"}


def test_a_video_has_a_poster_and_subtitles(library: dict[str, Unit], storage: DiskStorage) -> None:
    version = published_version(db.session, library["physics/7-lever-video"])
    assert version is not None
    files = files_of(db.session, version)
    assert [(file.role, file.content_type) for file in files] == [
        (FileRole.BODY, "video/mp4"),
        (FileRole.POSTER, "image/jpeg"),
        (FileRole.SUBTITLES, "text/vtt"),
    ]
    assert all(storage.size(file.sha256) == file.size for file in files)


def test_pictures_are_stored_once_and_described(library: dict[str, Unit]) -> None:
    version = published_version(db.session, library["maths/5-proper-improper"])
    assert version is not None
    assert version.details["slides"][0].startswith("# ")
    (picture,) = files_of(db.session, version)
    assert (picture.name, picture.role, picture.content_type) == (
        "fraction-bars.svg",
        FileRole.PICTURE,
        "image/svg+xml",
    )
    assert picture.alt
    films, package, model = 3 * 3, 5, 1
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 26 + films + package + model


def test_a_scenario_has_its_stages(library: dict[str, Unit]) -> None:
    unit = library["physics/7-density-lab"]
    version = published_version(db.session, unit)
    assert unit.kind is UnitKind.SCENARIO
    assert version is not None
    assert sum(stage["minutes"] for stage in version.details["stages"]) == 45


def test_loading_again_changes_nothing(library: dict[str, Unit], storage: DiskStorage, cache: Path) -> None:
    counted = select(func.count()).select_from(Item)
    before = db.session.scalar(counted)
    again = load_library(db.session, storage, {}, SUMMER, cache=cache)
    assert {code: unit.published_version_id for code, unit in again.items()} == {
        code: unit.published_version_id for code, unit in library.items()
    }
    assert db.session.scalar(counted) == before


def test_drawn_videos_wait_in_the_cache(library: dict[str, Unit], cache: Path) -> None:
    assert {path.name for path in cache.iterdir()} == {
        f"{name}-{program_hash()}.{part}"
        for name in ("fraction-sum", "lever", "motion")
        for part in ("mp4", "jpg", "vtt")
    }


def test_the_authors_teach_in_the_demo_school() -> None:
    assert set(authors()) <= {f"{name.family} {name.given} {name.patronymic}" for name in AUTHORS.values()}
