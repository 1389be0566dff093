"""From a draft to the schools and on to the next version."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from content_library import (
    FileRole,
    NotReady,
    PlacedFile,
    PublishedVersionIsFixed,
    StoredFile,
    UnitKind,
    UnitState,
    WrittenItem,
    WrongState,
    catalogue,
    drafts,
    publishing,
    reviewing,
    shelf,
)
from tests.content_library.conftest import MORNING
from tests.content_library.writing import ANNA, BORIS, about, published, text, write

LATER = MORNING + timedelta(days=1)


def test_draft_keeps_all_that_was_written(session: Session) -> None:
    session.add(StoredFile(sha256="b" * 64, size=5, content_type="image/png", created_at=MORNING))
    picture = PlacedFile(sha256="b" * 64, name="дробь.png", role=FileRole.PICTURE, alt="Половина круга")
    items = [
        WrittenItem(kind="number", spec={"key": "5"}, points=2),
        WrittenItem(kind="text", spec={"key": "пять"}, topic_id=12),
    ]
    unit = write(session, files=[picture], items=items, details={"level": 2}, body_markdown="*Дробь*")
    session.commit()
    session.expire_all()
    version = shelf.versions_of(session, unit)[0]
    assert (unit.state, unit.author_name, version.number) == (UnitState.DRAFT, "Анна Петрова", 1)
    assert (version.title, version.details, version.body_markdown) == ("Сложение дробей", {"level": 2}, "*Дробь*")
    assert [(item.id, item.points, item.topic_id) for item in shelf.items_of(session, version)] == [
        (items[0].id, 2, None),
        (items[1].id, 1, 12),
    ]
    (file,) = shelf.files_of(session, version)
    assert (file.name, file.role, file.alt, file.size) == ("дробь.png", FileRole.PICTURE, "Половина круга", 5)
    assert [topic.id for topic in shelf.topics_of_unit(session, unit)] == [12]
    assert shelf.published_version(session, unit) is None
    assert catalogue.search(session).total == 0


def test_edit_replaces_what_was_written(session: Session) -> None:
    unit = write(session)
    version = drafts.edit(
        session,
        unit,
        about(topic_ids=(10, 11, 10), year_to=7),
        text(title="Дроби", items=[WrittenItem(kind="text", spec={})]),
    )
    assert version.title == "Дроби"
    assert [item.kind for item in shelf.items_of(session, version)] == ["text"]
    assert [topic.id for topic in shelf.topics_of_unit(session, unit)] == [10, 11]
    assert unit.year_to == 7


def test_unit_keeps_its_kind(session: Session) -> None:
    with pytest.raises(WrongState):
        drafts.edit(session, write(session), about(kind=UnitKind.VIDEO), text())


def test_unready_unit_is_refused_with_all_reasons(session: Session) -> None:
    unit = write(session, place={"topic_ids": ()}, summary="", items=())
    for verb in (publishing.send_for_review, publishing.publish):
        with pytest.raises(NotReady) as caught:
            verb(session, unit, MORNING)
        assert caught.value.problems == ("no_summary", "no_topic", "no_items")
    assert unit.state is UnitState.DRAFT


def test_review_there_and_back(session: Session) -> None:
    unit, noise = write(session), write(session, items=[WrittenItem(kind="text", spec={})])
    publishing.send_for_review(session, unit, MORNING)
    assert unit.state is UnitState.REVIEW
    assert [waiting.unit for waiting in reviewing.queue(session)] == [unit]
    assert reviewing.queue(session, subject_id=2) == []
    publishing.send_back(session, unit, "Добавьте пример", LATER, ANNA)
    version = drafts.open_version(session, unit)
    assert version is not None
    assert (unit.state, version.review_note) == (UnitState.DRAFT, "Добавьте пример")
    assert reviewing.queue(session) == []
    with pytest.raises(WrongState):
        publishing.send_back(session, noise, "Рано", LATER)


def test_published_version_can_not_be_edited(session: Session) -> None:
    unit = published(session)
    with pytest.raises(PublishedVersionIsFixed):
        drafts.edit(session, unit, about(), text())
    with pytest.raises(WrongState):
        publishing.publish(session, unit, LATER)


def test_next_version_leaves_the_first_as_it_was(session: Session) -> None:
    unit = published(session)
    first = shelf.published_version(session, unit)
    assert first is not None
    first_items = [item.id for item in shelf.items_of(session, first)]
    second = publishing.new_version(session, unit, BORIS, LATER)
    assert (second.number, second.created_by, second.title) == (2, BORIS.account_id, first.title)
    with pytest.raises(WrongState):
        publishing.new_version(session, unit, BORIS, LATER)
    drafts.edit(session, unit, about(), text(title="Дроби заново", items=drafts.text_of(session, second).items))
    assert catalogue.search(session, "заново").total == 0
    publishing.send_for_review(session, unit, LATER)
    assert unit.state is UnitState.PUBLISHED
    assert [card.title for card in catalogue.search(session).cards] == ["Сложение дробей"]
    publishing.publish(session, unit, LATER)
    session.expire_all()
    assert [card.title for card in catalogue.search(session, "заново").cards] == ["Дроби заново"]
    assert first.title == "Сложение дробей"
    assert [item.id for item in shelf.items_of(session, first)] == first_items
    assert [version.number for version in shelf.versions_of(session, unit)] == [2, 1]
    assert shelf.get_version(session, first.id) is first


def test_retired_unit_leaves_the_catalogue_but_not_the_shelf(session: Session) -> None:
    unit = published(session)
    publishing.retire(session, unit)
    assert catalogue.search(session).total == 0
    assert shelf.get_unit(session, unit.id) is unit
    assert shelf.published_version(session, unit) is not None
    assert list(catalogue.cards_of(session, [unit.id])) == [unit.id]
    with pytest.raises(WrongState):
        publishing.retire(session, write(session))


def test_author_sees_the_newest_version_of_each(session: Session) -> None:
    unit = published(session)
    publishing.new_version(session, unit, ANNA, LATER)
    draft = write(session, title="Черновик")
    drafts.draft(session, BORIS, about(), text(items=()), MORNING)
    found = shelf.units_by_author(session, ANNA.account_id)  # type: ignore[arg-type]
    assert [(one.unit, one.version.number) for one in found] == [(draft, 1), (unit, 2)]


def test_item_is_found_with_its_key(session: Session) -> None:
    version = shelf.published_version(session, published(session))
    assert version is not None
    (item,) = shelf.items_of(session, version)
    assert shelf.get_item(session, item.id) is item
    assert item.spec["key"] == "5"
