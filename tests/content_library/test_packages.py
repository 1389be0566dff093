"""Packages: kept part by part, once; found by the path that the package uses; swept when nothing holds them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content_library import packages
from content_library.interchange import Package, PackagedFile, Scene
from content_library.models import PackagePart, StoredFile
from content_library.orphans import sweep
from content_library.storage.disk import DiskStorage

NOW = datetime(2026, 11, 24, 7, 40, tzinfo=UTC)


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "files", "a secret of this test")


@pytest.fixture
def package(tmp_path: Path) -> Package:
    (tmp_path / "one").write_bytes(b"<p>1</p>")
    (tmp_path / "two").write_bytes(b"p {}")
    files = (PackagedFile("Pages/Index.HTML", "one"), PackagedFile("copy.html", "one"), PackagedFile("a.css", "two"))
    scenes = (Scene("i", "Урок", "Pages/Index.HTML?x=1"),)
    return Package(title="Дроби: «доли»", standard="SCORM 1.2", launch="Pages/Index.HTML", scenes=scenes, files=files)


def test_a_part_is_found_by_its_path_in_any_case(
    session: Session, storage: DiskStorage, package: Package, tmp_path: Path
) -> None:
    saved = packages.save(storage, package, tmp_path)
    file = packages.note(session, saved, NOW)
    found = packages.part_of(session, file.sha256, "pages/index.html")
    assert found is not None and found.content_type == "text/html"
    with storage.open(found.sha256) as part:
        assert part.read() == b"<p>1</p>"
    assert packages.part_of(session, file.sha256, "pages") is None
    assert packages.part_of(session, "0" * 64, "a.css") is None
    assert file.facts is not None
    about = packages.About.from_facts(file.facts)
    assert (about.standard, about.scenes, about.size) == ("SCORM 1.2", package.scenes, 20)


def test_the_same_package_is_kept_once(
    session: Session, storage: DiskStorage, package: Package, tmp_path: Path
) -> None:
    first = packages.note(session, packages.save(storage, package, tmp_path), NOW)
    again = packages.note(session, packages.save(storage, package, tmp_path), NOW)
    assert first.sha256 == again.sha256
    assert session.scalar(select(func.count()).select_from(PackagePart)) == 3
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 3, "two different parts and their list"


def test_nothing_of_a_package_stays_that_no_version_holds(
    session: Session, storage: DiskStorage, package: Package, tmp_path: Path
) -> None:
    packages.note(session, packages.save(storage, package, tmp_path), NOW)
    later = max(NOW, datetime.now(UTC)) + timedelta(days=1)
    assert sweep(session, storage, later, apply=True).unused_rows == 1, "parts are held by their package"
    assert sweep(session, storage, later, apply=True).unused_rows == 2
    sweep(session, storage, later, apply=True)
    assert list(storage.walk()) == []


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("a/B.HTM", "text/html"),
        ("x.min.js", "text/javascript"),
        ("noise.mp3", "audio/mpeg"),
        ("data.unknown", "application/octet-stream"),
        ("README", "application/octet-stream"),
    ],
)
def test_a_part_is_served_by_its_ending(path: str, content_type: str) -> None:
    assert packages.type_of(path) == content_type


def test_a_package_is_called_by_its_title() -> None:
    named = Package(title="../Дроби: «доли»/1", standard="H5P", launch="content/content.json")
    assert packages.file_name(named) == ".. Дроби доли 1.h5p"
