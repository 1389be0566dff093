"""Attendance of a class, cover for a day and a family's word, in as few acts as the browser itself counts."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Select, delete, func, select, update

from school.classes.models import Absence, AbsenceNote, Enrolment, Lesson, PresenceTaken, Substitution
from school.people.models import Account, Member
from tests.browser import PHONE, errors_of, person
from tests.journeys.acts import acts, count_acts, presses
from tests.journeys.facts import number, opened, rows
from tests.living import School

TODAY = date(2026, 11, 24)
LOGINS = ("teacher", "class-teacher")
HERE = Lesson.school_id == 1


def large_lessons(login: str) -> Select[Any]:
    """A teacher's lessons of today and the days before: id and number of pupils, the largest first."""
    return (
        select(Lesson.id, func.count())
        .join(Enrolment, (Enrolment.school_id == 1) & (Enrolment.group_id == Lesson.group_id))
        .join(Member, (Member.school_id == 1) & (Member.id == Lesson.teacher_id))
        .join(Account, Account.id == Member.account_id)
        .where(
            HERE, Lesson.on_date.between(TODAY - timedelta(4), TODAY), Account.login == login, Enrolment.to_on.is_(None)
        )
        .group_by(Lesson.id)
        .order_by(func.count().desc())
    )


BUSIEST = (
    select(Lesson.teacher_id, Lesson.on_date, func.count())
    .where(HERE, Lesson.on_date > TODAY, Lesson.on_date <= TODAY + timedelta(10))
    .group_by(Lesson.teacher_id, Lesson.on_date)
    .order_by(func.count().desc(), Lesson.on_date)
    .limit(1)
)


def teacher_with_six_lessons(school: School) -> tuple[uuid.UUID, date]:
    """The busiest teacher of the next days, given as many lessons more of others as are missing to six."""
    [(teacher, day, lessons)] = rows(school, BUSIEST)
    on_day = select(Lesson.id, Lesson.slot, Lesson.teacher_id).where(HERE, Lesson.on_date == day)
    all_day = rows(school, on_day.order_by(Lesson.slot))
    busy = {slot for _one, slot, who in all_day if who == teacher}
    more = {slot: one for one, slot, who in all_day if slot not in busy}
    with opened(school) as connection:
        for one in list(more.values())[: 6 - lessons]:
            connection.execute(update(Lesson).where(HERE, Lesson.id == one).values(teacher_id=teacher))
    return teacher, day


@pytest.mark.journey
def test_attendance_of_a_class_with_three_absent(school: School, browser: Browser) -> None:
    pupils, login, lesson = max(
        (size, login, one) for login in LOGINS for one, size in rows(school, large_lessons(login))
    )
    assert pupils >= 28
    with opened(school) as connection:  # as if nobody had been there yet
        for kept in (PresenceTaken, Absence):
            connection.execute(delete(kept).where(kept.school_id == 1, kept.lesson_id == lesson))
    page = person(browser, school.address, login)
    page.goto(f"/s/1/lessons/{lesson}")
    expect(page.locator(".presence-line")).to_have_count(pupils)
    absent = page.locator('[data-fact="absent"] input:checked')
    announced = absent.count()  # of whom the family has said that they will not come
    count_acts(page)
    for n in (3, 11, 20):
        page.locator(".presence-line:not(:has([data-fact=absent] input:checked))").nth(n).locator(
            '[data-fact="absent"]'
        ).click()
    page.get_by_role("button", name="Остальные на месте").click()
    expect(absent).to_have_count(announced + 3)
    expect(page.locator("#presence .section-note")).to_contain_text("отмечено")
    assert presses(page) <= 5, acts(page)
    assert (
        number(school, select(func.count()).where(Absence.school_id == 1, Absence.lesson_id == lesson)) == announced + 3
    )
    assert errors_of(page) == []
    page.context.close()


@pytest.mark.journey
def test_cover_for_a_day_of_an_absent_teacher(school: School, browser: Browser) -> None:
    teacher, day = teacher_with_six_lessons(school)
    page = person(browser, school.address, "deputy")
    page.goto(f"/s/1/day?on={day}")
    count_acts(page)
    on_day = select(Lesson.id).where(HERE, Lesson.teacher_id == teacher, Lesson.on_date == day)
    theirs = {str(one) for (one,) in rows(school, on_day)}
    page.locator('a.day-cell[href*="/lessons/"][href$="/arrange"]').first.wait_for()
    hrefs = page.locator("a.day-cell").evaluate_all("links => links.map((one) => one.getAttribute('href'))")
    own = next(href for href in hrefs if href.split("/")[4] in theirs)
    page.locator(f'a.day-cell[href="{own}"]').click()
    page.get_by_role("link", name="Заменить все").click()
    page.get_by_role("button", name="Назначить").click()
    expect(page.locator("#changes")).to_be_visible()
    assert presses(page) <= 3, acts(page)
    covered = (
        select(func.count())
        .select_from(Substitution)
        .join(Lesson, HERE & (Lesson.id == Substitution.lesson_id))
        .where(Substitution.school_id == 1, Lesson.teacher_id == teacher, Lesson.on_date == day)
    )
    assert number(school, covered) == 6
    assert errors_of(page) == []
    page.context.close()


@pytest.mark.journey
def test_a_family_says_in_two_acts_that_a_child_will_not_come(school: School, browser: Browser) -> None:
    page = person(browser, school.address, "parent", PHONE)
    expect(page.get_by_role("link", name="Не придёт на уроки").first).to_be_visible()
    count_acts(page)
    page.get_by_role("link", name="Не придёт на уроки").first.click()
    page.get_by_role("button", name="Сообщить школе").click()
    expect(page.get_by_role("heading", name="Уже сообщили")).to_be_visible()
    assert presses(page) == 2, acts(page)
    assert number(school, select(func.count()).where(AbsenceNote.school_id == 1)) >= 1
    assert errors_of(page) == []
    page.context.close()
