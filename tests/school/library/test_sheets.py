"""Pages of PDF files: seen in the unit, said in words, found by search, gone with their file."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from content_library import UnitKind, publishing
from content_library.models import FilePage, VersionFile
from content_library.orphans import sweep
from content_library.search.documents import UnitReader
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.library.queries import draft_of
from school.people.models import Account, Member
from tests.browsing import SchoolClient
from tests.content_library.making import pdf
from tests.factories import Make
from tests.school.library.sending import form, send, work

BOOK = pdf("Contents", "The rule of the lever", "Answers")


def test_a_book_as_pdf_is_read_page_by_page_and_found_by_its_words(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit = make.draft(UnitKind.TEXTBOOK, by=teacher, body_markdown="")
    assert send(client, unit, BOOK, "Рычаг.pdf", "document").status_code == 200
    before = unit.changed
    assert work(app) >= 1
    page = client.get(f"/library/{unit.id}/edit").text
    small = page.partition('class="file-small"')[2].partition("</li>")[0]
    assert "<img src=" in small and "Рычаг.pdf" in small, "the first page stands small in the list of files"
    page = client.get(f"/library/{unit.id}/draft").text
    assert page.count('class="sheet"') == 3 and 'id="sheet-1-2"' in page
    assert 'alt="Страница 2"' in page and "The rule of the lever" in page
    db.session.expire_all()
    draft = draft_of(unit)
    assert draft is not None
    with unit_of_work():
        draft.version.body_markdown = "## Глава\n\nСм. файл."
        publishing.publish(db.session(), unit, clock.now())
    (changed,) = UnitReader(db.session()).these([unit.id])
    assert changed.text is not None and changed.number > before
    assert ("The rule of the lever", "sheet-1-2") in {(place.text, place.anchor) for place in changed.text.places}


def test_a_presentation_as_pdf_is_shown_full_screen(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit = make.draft(UnitKind.PRESENTATION, by=teacher)
    send(client, unit, BOOK, "Рычаг.pdf", "document")
    work(app)
    with unit_of_work():
        publishing.publish(db.session(), db.session.merge(unit), clock.now())
    assert f"/library/{unit.id}/show" in client.get(f"/library/{unit.id}").text
    page = client.get(f"/library/{unit.id}/show").text
    assert page.count("show-sheet") == 3 and 'alt="The rule of the lever"' in page and "1 / 3" in page


def test_pages_that_come_after_publishing_are_found_too(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit = make.draft(UnitKind.TEXTBOOK, by=teacher)
    send(client, unit, BOOK, "Рычаг.pdf", "document")
    with unit_of_work():
        publishing.publish(db.session(), unit, clock.now())
    before = unit.changed
    work(app)
    db.session.expire_all()
    assert unit.changed > before


def test_one_that_can_not_be_read_stays_a_file(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit = make.draft(UnitKind.TEXTBOOK, by=teacher)
    send(client, unit, b"%PDF-1.4\n" + b"x" * 300, "a.pdf", "document")
    work(app)
    page = client.get(f"/library/{unit.id}/draft").text
    assert "a.pdf" in page and 'class="sheet"' not in page


def test_a_brought_pdf_gets_its_pages_and_loses_them_with_the_file(
    app: Flask, client: SchoolClient, make: Make, author: Account
) -> None:
    make.subject(id=17, name_ru="Биология")
    form(client, "/library/import", BOOK, "t.pdf")
    address = client.get("/library/import").text.partition('href="/library/import/')[2].partition('"')[0]
    said = {"subject": "17", "year_from": "7", "year_to": "7", "licence": "own"}
    assert client.post(f"/library/import/{address}/accept", data=said).status_code == 303
    work(app)
    assert db.session.scalar(select(func.count()).select_from(FilePage)) == 3
    db.session.rollback()
    with unit_of_work():
        db.session.connection(execution_options={"unguarded": True})
        for one in db.session.scalars(select(VersionFile)).all():
            db.session.delete(one)
        db.session.flush()
        sweep(db.session(), storage(), clock.now() + timedelta(days=400), apply=True)
    assert db.session.scalar(select(func.count()).select_from(FilePage)) == 0
