"""Marks and notes of one's own in a textbook, and pages named in homework."""

import pytest
from sqlalchemy import select

from content_library import Unit, UnitKind
from school.core.database import db
from school.homework.models import HandInWay
from school.homework.queries import unit_choice
from school.library.models import ReaderNote
from school.library.queries.pages import linked_pieces
from tests.browsing import SchoolClient
from tests.factories import Make

BODY = "[стр. 45]\n\n## Доли\n\nДоли одного размера складывают.\n\n## Правило\n\nЧислители складывают."


def only_note() -> ReaderNote:
    db.session.expire_all()
    return db.session.scalars(select(ReaderNote)).one()


@pytest.fixture
def book(make: Make) -> Unit:
    return make.unit(UnitKind.TEXTBOOK, body_markdown=BODY)


def test_a_mark_is_made_changed_and_taken_out(client: SchoolClient, make: Make, book: Unit) -> None:
    school = make.school()
    pupil, other = make.pupil(school), make.pupil(school)
    client.sign_in(make.account_of(pupil))
    said = {"quote": "Доли  одного\nразмера", "place": "part-1", "note": "Спросить"}
    answer = client.post(f"/library/{book.id}/notes?version=1", data=said)
    assert answer.location == f"/library/{book.id}?version=1#part-1"
    page = client.get(f"/library/{book.id}").text
    assert 'data-quote="Доли одного размера"' in page and "Спросить" in page and "Раздел «Доли»" in page
    client.post(f"/library/{book.id}/notes", data={"quote": "", "note": " ", "place": "part-1"})
    note = only_note()
    at = f"/library/{book.id}/notes/{note.id}"
    client.post(at, data={"note": "Понял"})
    assert only_note().note == "Понял"

    client.sign_in(make.account_of(other))
    assert "Понял" not in client.get(f"/library/{book.id}").text
    assert client.post(at, data={"then": "drop"}).status_code == 404
    strange = make.unit(UnitKind.TEXTBOOK)
    client.sign_in(make.account_of(pupil))
    assert client.post(f"/library/{strange.id}/notes/{note.id}", data={"then": "drop"}).status_code == 404
    client.post(at, data={"then": "drop"})
    assert db.session.scalar(select(ReaderNote)) is None


def test_a_place_that_is_not_there_is_the_whole_book(client: SchoolClient, make: Make, book: Unit) -> None:
    client.sign_in(make.account())
    client.post(f"/library/{book.id}/notes", data={"note": "x" * 5000, "place": "<script>"})
    assert (only_note().place, len(only_note().note)) == ("", 2000)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("стр. 45 № 15–20, устно", [("стр. 45 № 15–20", 45)]),
        ("Выучить правило, с. 12; стр. 13, упр. 4", [("с. 12", 12), ("стр. 13, упр. 4", 13)]),
        ("§ 12 № 5", []),
        ("на странице 7 № 1, 3 и 5", [("странице 7 № 1, 3 и 5", 7)]),
    ],
)
def test_pages_with_their_exercises_are_one_link(text: str, links: list[tuple[str, int]]) -> None:
    pieces = linked_pieces(text)
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece in pieces if piece[1] is not None] == links


def test_a_homework_links_to_the_book_in_use(client: SchoolClient, make: Make, book: Unit) -> None:
    course = make.course(pupils=1)
    make.lesson(course, days=1)
    plain = make.homework(course, text="<b>стр. 45 № 15–20</b>", way=HandInWay.TICK)
    client.sign_in(make.account_of(make.pupils_of(course)[0]))
    at = f"/s/{course.school_id}/homework/{plain.id}"
    assert "/page?n=45" not in client.get(at).text, "no book is known yet"
    with_book = make.homework(course, text="стр. 45", way=HandInWay.TICK, unit=unit_choice(book.published_version_id))  # type: ignore[arg-type]
    link = f'href="/library/{book.id}/page?n=45&amp;version=1"'
    assert link in client.get(f"/s/{course.school_id}/homework/{with_book.id}").text
    page = client.get(at).text
    assert link in page and ">стр. 45 № 15–20</a>" in page and "&lt;b&gt;" in page
