"""The same work with JavaScript switched off: sign in, set homework, hand in a text, do a task, put a mark."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, errors_of, person
from tests.journeys.facts import rows
from tests.journeys.newcomers import PUPIL, TEACHER, bring_in
from tests.living import School

ESSAY, TASK, UNIT = "Написать, что такое корень уравнения", "Решить уравнения без спешки", "Линейные уравнения"
WORDS = "Число, при котором равенство верно."


@pytest.mark.journey
def test_everything_that_matters_without_javascript(school: School, browser: Browser, tmp_path: Path) -> None:
    bring_in(school, tmp_path)
    teacher = person(browser, school.address, TEACHER, script=False)
    set_text(teacher)
    set_task(teacher)
    pupil = person(browser, school.address, PUPIL, PHONE, script=False)
    hand_in_text(pupil)
    do_task(pupil)
    review(teacher)
    put_mark(teacher)
    check(school)
    for one in (teacher, pupil):
        assert errors_of(one) == []
        one.context.close()


def open_form(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Задать на дом").first.click()


def set_text(page: Page) -> None:
    open_form(page)
    page.get_by_label("Что сделать").fill(ESSAY)
    page.get_by_label("Написать ответ").check()
    page.get_by_role("button", name="Задать", exact=True).click()
    expect(page.get_by_role("link", name=ESSAY)).to_have_count(1)


def set_task(page: Page) -> None:
    """Looking for a unit sends the form and loses nothing of it."""
    open_form(page)
    page.get_by_label("Что сделать").fill(TASK)
    page.get_by_label("Найти в библиотеке").fill("линейные")
    page.get_by_role("button", name="Найти", exact=True).click()
    page.get_by_role("button", name=f"Выбрать «{UNIT}»", exact=True).click()
    expect(page.get_by_label("Что сделать")).to_have_value(TASK)
    expect(page.get_by_label("Решить на экране")).to_be_checked()
    page.get_by_role("button", name="Задать", exact=True).click()
    expect(page.get_by_role("link", name=TASK)).to_have_count(1)


def hand_in_text(page: Page) -> None:
    page.get_by_role("link", name=ESSAY).first.click()
    page.get_by_label("Ответ").fill(WORDS)
    page.get_by_role("button", name="Сдать").click()
    expect(page.get_by_text(WORDS).filter(visible=True)).to_have_count(1)


def do_task(page: Page) -> None:
    """A question a page; the last button hands in."""
    page.goto("/")
    page.get_by_role("link", name=TASK).first.click()
    page.get_by_role("button", name="Начать").click()
    for n in range(1, 8):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Вопрос {n} из 7")
        shown = page.locator("section[data-screen-of]:not([hidden])")
        if shown.get_by_role("radio").count():
            shown.get_by_role("radio").first.check()
        else:
            shown.get_by_role("textbox").fill("6")
        shown.get_by_role("button", name="Ответить").click()
    expect(page.locator(".result")).to_have_count(7)


def review(page: Page) -> None:
    """The task with its mark by a press."""
    page.goto("/")
    page.get_by_role("link", name=TASK).first.click()
    page.get_by_role("button", name="Поставить 3 и принять").click()
    expect(page.get_by_text("В журнале:")).to_be_visible()


def put_mark(page: Page) -> None:
    """In the journal by a form of its own."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Журнал", exact=True).first.click()
    page.get_by_role("link", name="Поставить одну отметку").click()
    page.get_by_label("Ученик").select_option(label="Сидорова Алёна")
    page.get_by_label("Колонка").select_option(index=0)
    page.get_by_role("combobox", name="Отметка").select_option(label="5")
    page.get_by_role("button", name="Сохранить отметку").click()
    expect(page.get_by_role("row").filter(has_text="Сидорова").locator("td[data-m='5']")).to_have_text("5")


def check(school: School) -> None:
    """Each thing once."""
    submissions = rows(
        school,
        """SELECT homework.text, submission.text, count(*) FROM submission
            JOIN assignment ON assignment.id = submission.assignment_id JOIN homework ON homework.id = assignment.homework_id
            WHERE homework.text IN (:essay, :task) GROUP BY homework.text, submission.text""",
        essay=ESSAY,
        task=TASK,
    )
    assert sorted(submissions) == [(ESSAY, WORDS, 1), (TASK, "", 1)]
    answers = rows(
        school,
        """SELECT count(*), count(DISTINCT answer.item_id) FROM answer JOIN assignment ON assignment.attempt_id = answer.attempt_id
            JOIN homework ON homework.id = assignment.homework_id WHERE homework.text = :task""",
        task=TASK,
    )
    assert answers == [(7, 7)]
    marks = rows(
        school,
        """SELECT mark.value, count(*) FROM mark JOIN course ON course.id = mark.course_id
            JOIN study_group ON study_group.id = course.group_id WHERE study_group.name LIKE '%7%В%' GROUP BY mark.value""",
    )
    assert sorted(marks) == [(3, 1), (5, 1)]
