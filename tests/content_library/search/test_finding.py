"""Finding by the index: forms, slips, letters, filters, counts, pages, reasons."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import (
    FileRole,
    PlacedFile,
    StoredFile,
    UnitKind,
    WrittenItem,
    drafts,
    finding,
    publishing,
    quality,
    subjects,
)
from content_library.ids import uuid7
from content_library.models import LibraryChange, Topic
from content_library.quality import Used
from content_library.search import BeingBuilt, Filters, rebuild
from content_library.storage import StorageUnavailable
from tests.content_library.conftest import MORNING
from tests.content_library.search.conftest import Shelf
from tests.content_library.writing import ANNA, about, fill_shelf, published, text

READING = """Вступление о долях.

## Сложение

Числители складывают.

```
# не заголовок
```

## Вычитание

Из уменьшаемого отнимают вычитаемое, а заём берут у соседа.
"""


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    textbook = {"title": "День и ночь на Земле", "summary": "Люди и часы", "body_markdown": READING}
    fill_shelf(shelf.session, textbook=textbook, english="Fractions for beginners")
    return shelf


@pytest.mark.parametrize(
    ("words", "filters", "expected"),
    [
        ("", {}, ["Fractions for beginners", "День и ночь на Земле", "Отрицательные числа", "Ёлка из дробей", "Сложение дробей"]),
        ("дробь", {"language": "ru", "kind": UnitKind.ASSIGNMENT}, ["Ёлка из дробей"]),
        ("елка", {}, ["Ёлка из дробей"]),
        ("ёлками", {}, ["Ёлка из дробей"]),
        ("дня", {}, ["День и ночь на Земле"]),
        ("человек", {}, ["День и ночь на Земле"]),
        ("отрецательные", {}, ["Отрицательные числа"]),
        ("отирцательных числах", {}, ["Отрицательные числа"]),
        ("отриц", {}, ["Отрицательные числа"]),
        ("jnhbwfntkmyst xbckf", {}, ["Отрицательные числа"]),
        ("fraction", {}, ["Fractions for beginners"]),
        ("для fractions", {}, ["Fractions for beginners"]),
        ("вычитаемого", {}, ["День и ночь на Земле"]),
        ("учебник физика", {}, ["День и ночь на Земле"]),
        ("числа 6 класс", {}, ["Отрицательные числа"]),
        ("зельеварение", {}, []),
        ("", {"year_level": 8}, ["День и ночь на Земле"]),
        ("", {"topic": 10}, ["Fractions for beginners", "Ёлка из дробей", "Сложение дробей"]),
        ("", {"topic": 12, "kind": UnitKind.ASSIGNMENT}, ["Ёлка из дробей"]),
        ('" ( * :~', {}, ["Fractions for beginners", "День и ночь на Земле", "Отрицательные числа", "Ёлка из дробей", "Сложение дробей"]),
    ],
)  # fmt: skip
def test_find(full: Shelf, words: str, filters: dict[str, Any], expected: list[str]) -> None:
    page = full.find(words, **filters)
    assert [card.title for card in page.cards] == expected
    assert page.total == len(expected)
    assert not page.is_plain


def test_the_title_counts_more_than_the_text(full: Shelf) -> None:
    published(full.session, title="О разном", summary="Сложение, вычитание", body_markdown="дроби " * 3)
    assert full.titles("сложение дробей")[0] == "Сложение дробей"


def test_counts_tell_what_another_choice_would_give(full: Shelf) -> None:
    page = full.find("дроби", subject=1, kind=UnitKind.TEST, language="ru")
    assert [card.title for card in page.cards] == ["Сложение дробей"]
    assert page.by_kind == {UnitKind.TEST: 1, UnitKind.ASSIGNMENT: 1}
    assert page.by_subject == {1: 1}
    assert page.by_year_level == {5: 1, 6: 1}
    assert page.by_language == {"ru": 1, "en": 1}, "the English unit hangs on a topic whose title has the word"
    assert page.by_topic == {10: 1, 12: 1}, "wider topics count what is below them"
    assert full.find("дроби", subject=1, topic=12).by_subject == {1: 3}


def test_a_slip_is_named(full: Shelf) -> None:
    assert full.find("сложение дрорбей").mended == "сложение дробей"
    assert full.find("сложение дробей").mended == ""


def test_few_answers_bring_similar_ones(full: Shelf) -> None:
    page = full.find("сложение температура")
    assert page.total == 0 and not page.cards
    assert {"Сложение дробей", "Отрицательные числа", "День и ночь на Земле"} <= {card.title for card in page.similar}
    assert not full.find("сложение").similar


def test_reasons(full: Shelf) -> None:
    page = full.find("складывают")
    why = page.why[page.cards[0].unit_id]
    assert why.place is not None
    assert (why.place.anchor, why.place.title) == ("part-1", "Сложение")
    assert ("складывают", True) in why.place.text
    page = full.find("заём")
    place = page.why[page.cards[0].unit_id].place
    assert place is not None and place.anchor == "part-2" and ("заём", True) in place.text, "shown as it is written"
    page = full.find("обыкновенная сложения")
    assert page.similar or page.cards
    page = full.find("числам температурой петровой")
    why = page.why[page.cards[0].unit_id]
    assert ("числа", True) in why.title and ("Температура", True) in why.summary
    assert why.author == (("Анна ", False), ("Петрова", True))
    assert why.place is None
    page = full.find("ёлочка дробная сложение")
    page = full.find("елка сложение")
    assert [[word for word, hit in topic if hit] for topic in page.why[page.cards[0].unit_id].topics] == [["Сложение"]]


def test_pages_follow_each_other_without_gap_or_repeat(full: Shelf) -> None:
    for number in range(7):
        published(full.session, title=f"Задача {number}", summary="Про дроби")
    full.follower.step()
    whole = full.titles("дроби")
    assert len(whole) == 10
    seen: list[str] = []
    after = None
    for _ in range(4):
        page = finding.search(full.session, full.reader, "дроби", after=after, limit=3)
        assert page.total == 10
        seen += [card.title for card in page.cards]
        after = page.after
    assert after is None and seen == whole
    assert len(finding.search(full.session, full.reader, "дроби", after="nonsense", limit=3).cards) == 3


def test_copies_stand_last(full: Shelf) -> None:
    for _ in range(3):
        published(full.session, title="Доли пирога", summary="Режем")
    published(full.session, title="Режем пирог на доли", summary="Доли, доли")
    assert full.titles("доли пирога")[:2] == ["Доли пирога", "Режем пирог на доли"]


def test_completion(full: Shelf) -> None:
    full.follower.step()
    assert full.reader.complete("дроб") == ["дробей"], "one form of a word"
    assert full.reader.complete("ёл") == ["елка"]
    assert full.reader.complete("ночь на зе") == ["ночь на земле"]
    assert full.reader.complete("отрицательные др") == [], "only what goes on to something"
    assert full.reader.complete("д") == full.reader.complete("дробей ") == full.reader.complete("") == []


def test_keys_are_never_found(shelf: Shelf) -> None:
    published(shelf.session, items=[WrittenItem(kind="text", spec={"text": "Столица?", "key": "Секретоград"})])
    page = shelf.find("секретоград")
    assert not page.cards and not page.similar and not shelf.titles("столица")


def test_every_change_is_followed(full: Shelf) -> None:
    session = full.session
    unit = published(session, title="Площадь круга", summary="Радиус")
    assert full.titles("круга") == ["Площадь круга"]
    version = publishing.new_version(session, unit, ANNA, MORNING)
    drafts.edit(session, unit, about(subject_id=2, topic_ids=(20,)), text(title="Площадь диска", summary="Радиус"))
    assert full.titles("круга", subject=2) == ["Площадь круга"], "its place is changed at once, its words are not"
    assert version.published_at is None
    publishing.publish(session, unit, MORNING)
    assert full.titles("круга") == [] and full.titles("диска") == ["Площадь диска"]
    topic = session.get_one(Topic, 20)
    subjects.add_topic(session, session.get_one(type(subjects.all_subjects(session)[0]), 2), "7.1", "Кинематика", 7)
    assert topic.title == "Кинематика"
    assert set(full.titles("кинематика")) == {"Площадь диска", "День и ночь на Земле"}
    publishing.retire(session, unit)
    assert full.titles("диска") == []


def test_what_was_retired_this_second_is_not_shown(full: Shelf) -> None:
    unit = published(full.session, title="Площадь круга")
    assert full.titles("круга")
    publishing.retire(full.session, unit)
    assert not finding.search(full.session, full.reader, "круга").cards


def test_without_an_index_the_database_answers(full: Shelf) -> None:
    page = finding.search(full.session, full.reader, "елка", Filters(subject=1))
    assert page.is_plain and [card.title for card in page.cards] == ["Ёлка из дробей"]
    page = finding.search(full.session, None, "елка")
    assert page.is_plain and page.total == 1


def test_a_film_opens_at_the_second(shelf: Shelf) -> None:
    session = shelf.session
    vtt = "WEBVTT\n\n00:01.000 --> 00:04.000\nЗдравствуйте.\n\n1:02:05.500 --> 1:02:09.000\n<v Анна>Рычаг в <b>равновесии</b>.\n"
    for letter, kind in (("a", "video/mp4"), ("b", "text/vtt")):
        session.add(StoredFile(sha256=letter * 64, size=1, content_type=kind, created_at=MORNING))
    session.flush()
    published(
        session,
        title="Простые механизмы",
        files=[
            PlacedFile(sha256="a" * 64, name="a.mp4", role=FileRole.BODY),
            PlacedFile(sha256="b" * 64, name="a.vtt", role=FileRole.SUBTITLES),
        ],
        place={"kind": UnitKind.VIDEO, "subject_id": 2, "topic_ids": (20,)},
    )
    files = {"b" * 64: vtt.encode()}
    shelf.follower._open_file = lambda key: io.BytesIO(files[key])
    page = shelf.find("рычаги")
    place = page.why[page.cards[0].unit_id].place
    assert place is not None and place.second == 3725 and ("Рычаг", True) in place.text


def test_an_index_of_another_database_is_built_anew(full: Shelf) -> None:
    assert full.titles("елка")
    before = full.folder.current()
    epoch = full.session.scalars(select(LibraryChange)).one()
    epoch.epoch = uuid7()
    assert full.titles("елка") and full.folder.current() != before, "a database that was made anew"
    before = full.folder.current()
    epoch.last -= 2
    assert full.titles("елка") and full.folder.current() != before, "a restored backup"
    assert before is not None and not before.exists()


def test_what_is_being_built_is_not_swept_and_what_is_old_is(full: Shelf) -> None:
    full.follower.step()
    of_before = full.folder.root.parent / "v0"
    of_before.mkdir()
    with full.folder.building():
        begun = full.folder.begin()
        full.folder.sweep()
        assert begun.exists() and not of_before.exists()
    full.folder.sweep()
    assert not begun.exists() and full.folder.current() is not None


def test_a_damaged_index_is_built_anew(full: Shelf) -> None:
    assert full.titles("елка")
    build = full.folder.current()
    assert build is not None
    (build / "state").write_text("{")
    assert full.titles("елка") and full.folder.current() != build


def test_what_goes_on_while_the_index_is_built_is_not_lost(full: Shelf) -> None:
    full.follower.step()

    def publish_meanwhile(done: int, _total: int) -> None:
        if done == 5:
            published(full.session, title="Кстати")

    @contextmanager
    def connect() -> Iterator[Session]:
        yield full.session

    rebuild(full.folder, connect, progress=publish_meanwhile)
    assert full.titles("кстати") == ["Кстати"]
    with full.folder.building(), pytest.raises(BeingBuilt):
        rebuild(full.folder, connect)


def test_subtitles_that_were_away_are_read_later(shelf: Shelf) -> None:
    session = shelf.session
    for letter, kind in (("a", "video/mp4"), ("b", "text/vtt")):
        session.add(StoredFile(sha256=letter * 64, size=1, content_type=kind, created_at=MORNING))
    session.flush()
    files = [
        PlacedFile(sha256=letter * 64, name=f"{letter}.x", role=role)
        for letter, role in (("a", FileRole.BODY), ("b", FileRole.SUBTITLES))
    ]
    shelf.follower.step()

    def away(_key: str) -> io.BytesIO:
        raise StorageUnavailable

    shelf.follower._open_file = away
    published(session, title="Опыт", files=files, place={"kind": UnitKind.VIDEO})
    assert shelf.titles("опыт") and not shelf.titles("рычаг")
    shelf.follower._open_file = lambda _key: io.BytesIO("00:01.000 --> 00:02.000\nРычаг\n".encode())
    shelf.follower._try_words_at = 0
    assert shelf.titles("рычаг") == ["Опыт"]


def test_of_equal_units_the_one_that_is_set_comes_first_and_words_weigh_more(shelf: Shelf) -> None:
    for n in range(2):
        published(shelf.session, title="Сложение дробей на доске", summary=f"Вариант {n}")
    published(shelf.session, title="Доли", summary="О дробях и доске")
    first, second, poorer = shelf.find("сложение доска").cards
    assert poorer.title == "Доли"
    used = {second.unit_id: Used(homeworks=1), poorer.unit_id: Used(homeworks=600)}
    quality.keep(shelf.session, used, {}, MORNING)
    after = shelf.find("сложение доска").cards
    assert [(one.unit_id, one.homeworks) for one in after] == [
        (second.unit_id, 1),
        (first.unit_id, 0),
        (poorer.unit_id, 600),
    ]
