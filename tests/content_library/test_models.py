"""A published version stays as it is, whoever writes and whichever way."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content_library.models import (
    FileRole,
    Item,
    PublishedVersionIsFixed,
    StoredFile,
    Unit,
    UnitKind,
    UnitVersion,
    VersionFile,
)
from tests.content_library.conftest import AUTHOR, MORNING


@pytest.fixture
def version(session: Session) -> UnitVersion:
    unit = Unit(
        kind=UnitKind.TEST,
        subject_id=1,
        author_account_id=AUTHOR,
        author_name="Анна Петрова",
        year_from=5,
        year_to=6,
        created_at=MORNING,
    )
    session.add_all([unit, StoredFile(sha256="a" * 64, size=3, content_type="image/png", created_at=MORNING)])
    session.flush()
    version = UnitVersion(unit_id=unit.id, number=1, title="Сложение дробей", created_at=MORNING)
    session.add(version)
    session.flush()
    session.add_all(
        [
            Item(version_id=version.id, position=1, kind="number", spec={"key": "5"}),
            VersionFile(version_id=version.id, position=1, sha256="a" * 64, name="ris.png", role=FileRole.PICTURE),
        ]
    )
    session.flush()
    return version


def _change_title(session: Session, version: UnitVersion) -> None:
    version.title = "Другое"


def _unpublish(session: Session, version: UnitVersion) -> None:
    version.published_at = None


def _delete(session: Session, version: UnitVersion) -> None:
    session.delete(version)


def _add_item(session: Session, version: UnitVersion) -> None:
    session.add(Item(version_id=version.id, position=2, kind="number", spec={}))


def _change_key(session: Session, version: UnitVersion) -> None:
    item = session.query(Item).filter_by(version_id=version.id).one()
    item.spec = {"key": "6"}


def _drop_item(session: Session, version: UnitVersion) -> None:
    session.delete(session.query(Item).filter_by(version_id=version.id).one())


def _drop_file(session: Session, version: UnitVersion) -> None:
    session.delete(session.get_one(VersionFile, (version.id, 1)))


CHANGES = [_change_title, _unpublish, _delete, _add_item, _change_key, _drop_item, _drop_file]


@pytest.mark.parametrize("change", CHANGES)
def test_published_version_is_fixed(
    session: Session, version: UnitVersion, change: Callable[[Session, UnitVersion], None]
) -> None:
    version.published_at = MORNING
    session.commit()
    change(session, version)
    with pytest.raises(PublishedVersionIsFixed, match="make a new version"):
        session.flush()


@pytest.mark.parametrize("change", [_change_title, _add_item, _change_key, _drop_item, _drop_file])
def test_draft_can_be_changed(
    session: Session, version: UnitVersion, change: Callable[[Session, UnitVersion], None]
) -> None:
    change(session, version)
    session.flush()


@pytest.mark.parametrize(("year_from", "year_to"), [(0, 5), (7, 6), (10, 12)])
def test_year_levels_are_those_of_a_school(session: Session, year_from: int, year_to: int) -> None:
    session.add(
        Unit(
            kind="video",
            subject_id=1,
            author_name="А",
            year_from=year_from,
            year_to=year_to,
            created_at=MORNING,
        )
    )
    with pytest.raises(IntegrityError, match="ck_unit_years"):
        session.flush()
