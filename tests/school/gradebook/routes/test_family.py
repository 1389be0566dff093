"""The diary, the marks with their reasons, and the marks of the term, as families and staff meet them."""

from datetime import timedelta
from typing import Any

import pytest

from school.core import clock
from school.core.database import new_id
from school.core.transactions import unit_of_work
from school.gradebook.actions import set_term_mark
from school.gradebook.days import day_and_month
from school.gradebook.entries import Entry, Status
from school.gradebook.models import TermMark
from school.gradebook.queries import find_review, term_among, terms_of_regime
from school.gradebook.queries.terms import Review
from school.gradebook.release import Sign
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.gradebook.rooms import Room, later, room
from tests.school.gradebook.routes.test_grid import somebody
from tests.statements import Statements


def url_of(at: Room, rest: str) -> str:
    return f"/s/{at.course.school_id}/pupils/{at.pupils[0].id}/{rest}"


def week_of(day: Any) -> str:
    year, week, _day = day.isocalendar()
    return f"?week={year}-W{week:02}"


def test_the_week_shows_lessons_marks_and_absences(make: Make, client: SchoolClient, statements: Statements) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 4, comment="Хорошо рассуждаешь")
    make.absent(at.lesson, at.pupils[0])
    client.sign_in(make.account_of(at.pupils[0]))
    url = f"/s/{at.course.school_id}/diary{week_of(at.lesson.on_date)}"
    with statements.counted() as sent:
        text = client.get(url).text
    assert len(sent) <= 6, "\n\n".join(sent)
    assert "Хорошо рассуждаешь" in text
    assert "болезни" in text
    assert client.get(f"/s/{at.course.school_id}/diary?week=nonsense").status_code == 200
    assert client.get(f"/s/{at.course.school_id}/diary?week=2020-W01").status_code == 200


def test_a_family_never_sees_what_is_not_released(make: Make, client: SchoolClient) -> None:
    at = room(make)
    at.save(at.entry(2, comment="Секрет до срока"))
    parent = make.parent(make.school_of(at.course), at.pupils[0])
    for member in (at.pupils[0], parent):
        client.sign_in(make.account_of(member))
        for page in ("marks", f"diary{week_of(at.lesson.on_date)}"):
            text = client.get(url_of(at, page)).text
            assert "Секрет до срока" not in text
            assert 'data-mark="2"' not in text
    client.sign_in(make.account_of(at.teacher))
    assert "Секрет до срока" in client.get(url_of(at, "marks")).text
    with later(minutes=11):
        at.save(at.entry(5, seen=1, comment="Исправлено"))
    with later(minutes=15):
        client.sign_in(make.account_of(parent))
        text = client.get(url_of(at, "marks")).text
        assert "Секрет до срока" in text
        assert "Исправлено" not in text
    with later(hours=1):
        client.sign_in(make.account_of(parent))
        text = client.get(url_of(at, "marks")).text
        assert "было 2, стало 5 – Исправлено" in text
        assert "Секрет до срока" in text  # it was seen, so it stays in the history


def test_why_this_mark(make: Make, client: SchoolClient) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 3)
    make.mark(make.column(make.lesson(at.course, days=-2), "Ответ на уроке"), at.pupils[0], 5)
    client.sign_in(make.account_of(at.pupils[0]))
    text = client.get(url_of(at, "marks")).text
    assert "Контрольная работа: вес 3 по строке 12 документа" in text
    assert "3,50" in text  # (3 × 3 + 5) / 4
    assert "В среднем балле 3,50 на неё приходится 2,25: её вес – 3 из 4." in text
    assert "Как получить 4" in text


@pytest.mark.parametrize("page", ["diary", "marks"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("teacher", 200),
        ("colleague", 404),
        ("class teacher", 200),
        ("deputy", 200),
        ("pupil", 200),
        ("parent", 200),
        ("other school", 404),
    ],
)
def test_who_follows_a_pupil(make: Make, client: SchoolClient, who: str, status: int, page: str) -> None:
    at = room(make)
    client.sign_in(make.account_of(somebody(make, at, who)))
    assert client.get(url_of(at, page)).status_code == status


@pytest.mark.parametrize("page", ["diary", "marks", "progress"])
@pytest.mark.parametrize(
    ("who", "sees_others"), [("teacher", False), ("class teacher", True), ("deputy", True), ("head", True)]
)
def test_a_subject_teacher_sees_marks_of_the_own_subjects(
    make: Make, client: SchoolClient, who: str, sees_others: bool, page: str
) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 4)
    other = make.course(make.group_of(at.course))
    lesson = make.lesson(other, on_date=at.lesson.on_date, slot=5)
    theirs = make.mark(make.column(lesson, "Диктант"), at.pupils[0], 2)
    client.sign_in(make.account_of(somebody(make, at, who)))
    text = client.get(url_of(at, page + (week_of(at.lesson.on_date) if page == "diary" else ""))).text
    assert 'data-mark="4"' in text
    assert ('data-mark="2"' in text) is sees_others
    assert (str(theirs.id) in text) is (sees_others and page != "progress")


def test_a_classmate_and_their_parent_see_nothing(make: Make, client: SchoolClient) -> None:
    at = room(make)
    for stranger in (at.pupils[1], make.parent(make.school_of(at.course), at.pupils[1])):
        client.sign_in(make.account_of(stranger))
        assert client.get(url_of(at, "marks")).status_code == 404
        assert client.get(url_of(at, "diary")).status_code == 404


# --- marks of the term -----------------------------------------------------------------------------------------------


def review_of(at: Room) -> Review:
    terms = terms_of_regime(at.course.school_id, at.journal.course.regime_id)
    term = term_among(terms, None)
    assert term is not None
    return find_review(at.journal, term)


def test_the_review_proposes_and_the_teacher_sets(make: Make, client: SchoolClient) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 5)
    client.sign_in(make.account_of(at.teacher))
    url = f"/s/{at.course.school_id}/courses/{at.course.id}/term-marks"
    assert "решаете" in client.get(url).text or "меньше" in client.get(url).text
    first = str(at.pupils[0].id)
    asked = client.post(url, data={f"sign-{first}": "3", f"seen-{first}": "0"})
    assert "напишите, почему отметка другая" in asked.text
    done = client.post(url, data={f"sign-{first}": "3", f"seen-{first}": "0", f"reason-{first}": "Так решил совет"})
    assert done.status_code == 303
    [line] = [one for one in review_of(at).lines if one.pupil_id == at.pupils[0].id]
    assert line.decided is not None
    assert (line.decided.sign.value, line.decided.reason, line.decided.proposed) == (3, "Так решил совет", 5)
    stale = client.post(url, data={f"sign-{first}": "5", f"seen-{first}": "0", f"reason-{first}": "Ошибка"})
    assert "уже изменили" in stale.text
    again = client.post(url, data={f"sign-{first}": "3", f"seen-{first}": "0", f"reason-{first}": "Так решил совет"})
    assert again.status_code == 303


def test_a_family_sees_a_mark_of_the_term_when_it_is_released(make: Make, client: SchoolClient) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 5)
    line = next(one for one in review_of(at).lines if one.pupil_id == at.pupils[0].id)
    with unit_of_work():
        assert (
            set_term_mark(at.actor, at.journal, review_of(at), line, Sign(4), "Решение совета").status is Status.SAVED
        )
    client.sign_in(make.account_of(at.pupils[0]))
    assert "Решение совета" not in client.get(url_of(at, "marks")).text
    with later(minutes=11):
        client.sign_in(make.account_of(at.pupils[0]))
        assert "Решение совета" in client.get(url_of(at, "marks")).text


def test_a_locked_term_is_closed_to_everybody_alone(make: Make) -> None:
    at = room(make)
    make.mark(at.column, at.pupils[0], 5)
    make.lock(make.term_of(at.course))
    review = review_of(at)
    line = next(one for one in review.lines if one.pupil_id == at.pupils[0].id)
    with unit_of_work():
        assert set_term_mark(at.actor, at.journal, review, line, Sign(5)).status is Status.REFUSED
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    with unit_of_work():
        assert set_term_mark(deputy, at.journal, review, line, Sign(5), "Приказ").status is Status.REFUSED, (
            "nor the deputy alone"
        )
    assert TermMark.__tablename__ == "term_mark"


def test_who_opens_the_review(make: Make, client: SchoolClient) -> None:
    at = room(make)
    url = f"/s/{at.course.school_id}/courses/{at.course.id}/term-marks"
    for who, status in (("teacher", 200), ("deputy", 200), ("class teacher", 200), ("colleague", 404), ("pupil", 404)):
        client.sign_in(make.account_of(somebody(make, at, who)))
        assert client.get(url).status_code == status, who
    assert clock.today() - timedelta(days=1) == at.lesson.on_date


def test_a_dot_stands_in_the_week_it_was_put_and_in_the_week_it_is_owed(
    make: Make, client: SchoolClient, statements: Statements
) -> None:
    at = room(make)
    due = clock.today() + timedelta(days=9)

    def put(sign: Sign, seen: int) -> None:
        [answer] = at.save(Entry(new_id(), at.lesson.id, at.column.id, at.pupils[0].id, sign, seen))
        assert answer.status is Status.SAVED

    def weeks() -> list[str]:
        client.sign_in(make.account_of(at.pupils[0]))
        pages = (at.lesson.on_date, due, due + timedelta(days=7))
        return [client.get(url_of(at, f"diary{week_of(day)}")).text for day in pages]

    debt = f"долг, сдать до {day_and_month(due, 'ru')}"
    put(Sign(None, "•", due_on=due), 0)
    assert [debt in text for text in weeks()] == [False, False, False]  # the quiet minutes are not over
    with later(hours=1):
        with statements.counted() as sent:
            texts = weeks()
        assert [debt in text for text in texts] == [True, True, False]
        assert f"Контрольная работа, {day_and_month(at.lesson.on_date, 'ru')}: {debt}" in texts[1]
        assert len([one for one in sent if "journal_column" in one]) == 3  # one a week, as without a dot
        put(Sign(4), 1)
    with later(hours=2):
        assert [debt in text for text in weeks()] == [False, False, False]
