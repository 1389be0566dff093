"""A control work of a large class typed into the journal, a key a mark as the browser counts them; and a work by criteria in its dialog."""

import re
import uuid

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from school.classes.models import Course, Enrolment, Lesson, TeachingPost
from school.gradebook.models import Mark
from school.people.models import Account, Member
from tests.browser import errors_of, person
from tests.journeys.acts import acts, count_acts, presses
from tests.journeys.columns import SAVED, add_column, cell
from tests.journeys.facts import rows
from tests.living import A_TUESDAY, School

TODAY = A_TUESDAY.date()


def large_course(school: School, login: str) -> tuple[uuid.UUID, int]:
    """The teacher's course with the most pupils, and how many."""
    found = (
        select(Course.id, func.count(Enrolment.id.distinct()))
        .join(TeachingPost, (TeachingPost.school_id == 1) & (TeachingPost.course_id == Course.id))
        .join(Member, (Member.school_id == 1) & (Member.id == TeachingPost.teacher_id))
        .join(Account, Account.id == Member.account_id)
        .join(Enrolment, (Enrolment.school_id == 1) & (Enrolment.group_id == Course.group_id))
        .join(Lesson, (Lesson.school_id == 1) & (Lesson.course_id == Course.id))
        .where(Course.school_id == 1, Account.login == login, Enrolment.to_on.is_(None), Lesson.on_date < TODAY)
        .group_by(Course.id)
        .order_by(func.count(Enrolment.id.distinct()).desc())
    )
    course, pupils = rows(school, found)[0]
    return course, pupils


@pytest.mark.journey
def test_a_control_work_is_a_key_a_mark(school: School, browser: Browser) -> None:
    login, (course, pupils) = max(
        ((login, large_course(school, login)) for login in ("teacher", "class-teacher")), key=lambda one: one[1][1]
    )
    assert pupils >= 28
    page = person(browser, school.address, login)
    column = add_column(page, course, "Контрольная работа")
    signs = [str(2 + n * n % 4) for n in range(pupils)]
    count_acts(page)
    cell(page, column, 1).click()
    for sign in signs:
        page.keyboard.press(sign)
    expect(page.locator(SAVED)).to_be_visible()
    assert presses(page) <= pupils + 2, acts(page)
    put = select(func.count()).where(Mark.school_id == 1, Mark.column_id == uuid.UUID(column), Mark.value.is_not(None))
    assert rows(school, put) == [(pupils,)]
    for row in (1, 2, pupils - 1, pupils):
        expect(cell(page, column, row)).to_have_text(signs[row - 1])
    keys_after_a_mark(page, add_column(page, course, "Самостоятельная работа"))
    by_criteria(page, add_column(page, course, "Проект", "Знание 8\nВывод 8\nОформление 4"))
    assert errors_of(page) == []
    page.context.close()


def keys_after_a_mark(page: Page, column: str) -> None:
    """The next pupil is there, yet what is said about the mark just typed still reaches it."""
    first, second, third = (cell(page, column, row) for row in (1, 2, 3))
    first.click()
    page.keyboard.press("5")
    expect(second).to_be_focused()
    expect(page.locator("[data-line]")).to_contain_text(": 5")
    page.keyboard.press("Backspace")
    expect(first).to_have_text("")
    for key in ("4", "/", "5", "3", "Enter", "2"):  # Enter ends the mark that has led on already
        page.keyboard.press(key)
    expect(first).to_have_text("4/5")
    expect(second).to_have_text("3")
    expect(third).to_have_text("2")
    page.keyboard.press("+")
    page.keyboard.press("4")
    expect(third).to_have_text("2→4")
    expect(page.locator(SAVED)).to_be_visible()


def by_criteria(page: Page, column: str) -> None:
    """Typed straight into the cell, and in the dialog, where each criterion has its name."""
    first, second = cell(page, column, 1), cell(page, column, 2)
    first.click()
    for digit in "871":
        page.keyboard.press(digit)
    expect(first).to_contain_text("8·7·1")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("F2")
    expect(page.get_by_label("Знание")).to_be_focused()
    for digit in "88":
        page.keyboard.press(digit)  # the next criterion by itself
    expect(page.get_by_label("Оформление")).to_be_focused()
    page.keyboard.press("9")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Оформление")).to_be_visible()  # more than there are: it is not kept
    page.keyboard.press("Backspace")
    page.keyboard.press("4")
    expect(page.get_by_text("20 из 20 баллов: отметка 5")).to_be_visible()
    page.keyboard.press("Enter")
    expect(second).to_have_text(re.compile(r"^5\s*8·8·4$"))
    expect(second).to_be_focused()
    expect(page.locator(SAVED)).to_be_visible()
    page.reload()
    expect(cell(page, column, 1)).to_have_text(re.compile(r"^4\s*8·7·1$"))
    expect(cell(page, column, 2)).to_have_text(re.compile(r"^5\s*8·8·4$"))
