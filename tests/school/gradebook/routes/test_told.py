"""How news of marks read: several in one line, values inside the site alone, and only for those who may see them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select, update

from school.core import clock
from school.core.database import db
from school.core.records import seal
from school.core.transactions import unit_of_work
from school.gradebook.actions.news import tell_of_marks
from school.notices.actions.letters import letter_of
from school.notices.actions.wording import compose
from school.notices.models import Notice
from school.notices.queries import COLUMNS
from school.notices.seen import SeenNotice
from school.people.models import Account, Guardianship, Member
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import room

NOON = datetime.fromisoformat("2026-11-25T12:00+03:00")


@pytest.fixture
def told(make: Make, client: SchoolClient) -> Iterator[SimpleNamespace]:
    """Two children of one family, three marks of Misha's and one of Anya's, told of a moment ago."""
    with clock.stopped_at(NOON):
        at = room(make)
        misha, anya = at.pupils[:2]
        misha.given_name, anya.given_name = "Миша", "Аня"
        make.subject_of(at.course).name_ru = "Алгебра"
        db.session.commit()
        earlier = [make.lesson(at.course, days=-days) for days in (2, 3)]
        parent = make.parent(make.school_of(at.course), misha, anya)
        at.save(at.entry(3, pupil=2))
        _read()  # the school begins at its present end
        at.save(at.entry(5))
        for value, lesson in zip((4, 4), earlier, strict=True):
            at.save(at.entry(value, lesson=lesson))
        at.save(at.entry(3, pupil=1))
    with clock.stopped_at(NOON + timedelta(minutes=11)):
        _read()
        client.sign_in(make.account_of(parent))
        yield SimpleNamespace(at=at, misha=misha, anya=anya, parent=parent, client=client, make=make)


def _read() -> None:
    db.session.rollback()
    with unit_of_work():
        seal()
    tell_of_marks()
    db.session.rollback()


def news_of(told: SimpleNamespace, member: Member, *pupils: Member) -> list[SeenNotice]:
    rows = db.session.execute(
        select(*COLUMNS).where(
            Notice.school_id == member.school_id,
            Notice.account_id == member.account_id,
            Notice.pupil_id.in_([one.id for one in pupils]),
        )
    )
    return [SeenNotice(*row) for row in rows]


def test_three_marks_are_one_line_with_their_values(told: SimpleNamespace) -> None:
    page = told.client.get("/notices").text
    assert "3 новые отметки: алгебра\N{NO-BREAK SPACE}5, 4 и 4" in page
    assert "Миша, за 22\N{NO-BREAK SPACE}нояб. – 24\N{NO-BREAK SPACE}нояб." in page
    assert "Новая отметка: алгебра\N{NO-BREAK SPACE}3" in page
    assert page.count('class="notice-line"') == 2
    assert "Школа спрашивает" in page
    assert "3 новых" in page
    assert page.count(f"/s/{told.misha.school_id}/pupils/{told.misha.id}/marks") >= 1


def test_a_pupil_reads_of_own_marks_without_a_name(told: SimpleNamespace) -> None:
    told.client.sign_in(told.make.account_of(told.misha))
    page = told.client.get("/notices").text
    assert "3 новые отметки: алгебра\N{NO-BREAK SPACE}5, 4 и 4" in page
    assert "За 22\N{NO-BREAK SPACE}нояб. – 24" in page
    assert "Миша, за" not in page
    assert "Школа спрашивает" not in page, "what families and staff write to each other is not for pupils"


def test_the_value_is_that_which_was_told_of(told: SimpleNamespace) -> None:
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        told.at.save(told.at.entry(2, pupil=1, seen=1))
        assert "алгебра\N{NO-BREAK SPACE}3" in told.client.get("/notices").text, (
            "a change in its quiet window reaches nobody"
        )
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        _read()
        page = told.client.get("/notices").text
        assert "Новая отметка: алгебра\N{NO-BREAK SPACE}3" in page
        assert "Изменена отметка: алгебра\N{NO-BREAK SPACE}2" in page


def test_who_may_no_longer_see_marks_sees_none(told: SimpleNamespace) -> None:
    with unit_of_work():
        tie = (Guardianship.school_id == told.parent.school_id) & (Guardianship.guardian_id == told.parent.id)
        db.session.execute(update(Guardianship).where(tie).values(sees_progress=False))
    page = told.client.get("/notices").text
    assert "3 новые отметки: алгебра (3)" in page
    assert "алгебра\N{NO-BREAK SPACE}3" not in page


def test_what_leaves_names_the_child_and_never_the_mark(app: Flask, told: SimpleNamespace) -> None:
    both, one = (news_of(told, told.parent, *some) for some in ((told.misha, told.anya), (told.misha,)))
    with force_locale("ru"):
        title, lines, path = compose(both)
        assert path == "/notices"
        assert title in {"Миша и Аня: 4 новые отметки", "Аня и Миша: 4 новые отметки"}
        assert sorted(words for words, _to in lines) == ["Аня: алгебра", "Миша: алгебра (3)"]
        title, lines, path = compose(one)
        assert (title, [words for words, _to in lines]) == ("Миша: 3 новые отметки", ["Алгебра (3)"])
        assert path == lines[0][1] == f"/s/{told.parent.school_id}/notices/{one[0].id}"
        title, lines, _path = compose(news_of(told, told.misha, told.misha))
        assert (title, [words for words, _to in lines]) == ("3 новые отметки", ["Алгебра (3)"])
    with force_locale("en"):
        assert compose(one)[0] == "Миша: 3 new marks"


def test_opening_a_line_of_a_message_is_reading_all_of_it(told: SimpleNamespace) -> None:
    news = news_of(told, told.parent, told.misha, told.anya)
    about_misha = [one for one in news if one.pupil_id == told.misha.id]
    with unit_of_work():
        mine = (Notice.school_id == told.parent.school_id) & (Notice.account_id == told.parent.account_id)
        db.session.execute(update(Notice).where(mine).values(dispatch_id=told.parent.id))
    path = f"/s/{told.parent.school_id}/notices/{about_misha[0].id}"
    db.session.rollback()
    # In a thread of its own, as a server has it: without the context of this test.
    with ThreadPoolExecutor(1) as server:
        answer = server.submit(told.client.get, path).result()
    assert answer.location.endswith(f"/pupils/{told.misha.id}/marks")
    db.session.rollback()
    left = [one for one in news_of(told, told.parent, told.misha, told.anya) if one.seen_at is None]
    assert [one.pupil_id for one in left] == [told.anya.id]
    assert db.session.scalar(select(Account.unread).where(Account.id == told.parent.account_id)) == 1


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ru", ("Здравствуйте!", ": 4 новые отметки", "— Миша: алгебра (3)", "Открыть на сайте школы: ", "Школа № 7")),
        ("en", ("Hello!", ": 4 new marks", "Open on the school's site: ", "Choose when and what you are told about: ")),
    ],
)
def test_the_letter_says_who_writes_and_leads_on(
    app: Flask, told: SimpleNamespace, locale: str, words: tuple[str, ...]
) -> None:
    with force_locale(locale):
        title, lines, path = compose(news_of(told, told.parent, told.misha, told.anya))
        text, html = letter_of(title, lines, path, "Школа № 7", "https://school.example", locale)
    assert all(one in text for one in words)
    assert "https://school.example/notices\n" in text
    assert text.rstrip().endswith("https://school.example/notices/settings")
    for to in (*(to for _words, to in lines), "/notices/settings"):
        assert f'href="https://school.example{to}"' in html
    assert f'<html lang="{locale}">' in html
    assert "Школа № 7" in html
