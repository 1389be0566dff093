"""A test with a time limit on two devices: the clock is the server's, answers meet, one that was given offline waits for the teacher's word."""

import re
import uuid

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from school.homework.models import Homework
from school.tasks.models import Answer, Attempt
from tests.browser import LAPTOP, PHONE, errors_of, person
from tests.journeys.facts import number, rows
from tests.living import School

TEXT = "input[type=text]"


def address_of(school: School) -> str:
    """The address of the demo school's test with conditions."""
    ((homework_id,),) = rows(
        school, select(Homework.id).where(Homework.school_id == 1, Homework.conditions_id.is_not(None))
    )
    return f"/s/1/homework/{homework_id}"


def open_question(page: Page, place: int) -> None:
    page.locator(f"[data-step='{place}']").click()
    expect(page.locator(f"[data-screen-of='{place}']")).to_be_visible()


def say(page: Page, text: str) -> None:
    """Give some answer to the question on the screen."""
    form = page.locator("form[data-item]:visible")
    choices = form.locator("input[type=radio], input[type=checkbox]")
    if choices.count():
        choices.nth(int(text) % 2).check()
    else:
        form.locator(TEXT).first.fill(text)


def saved(page: Page, words: str | re.Pattern[str] = "сохранено") -> None:
    expect(page.locator("form[data-item]:visible [data-saved]")).to_have_text(words)


@pytest.mark.journey
def test_two_devices_one_clock_and_a_late_answer(school: School, browser: Browser) -> None:
    url = address_of(school)
    phone = person(browser, school.address, "pupil", PHONE)
    phone.goto(url)
    expect(phone.locator("main")).to_contain_text(re.compile(r"15\sминут с начала работы"))
    on_its_way: list[Route] = []

    def hold(script: Route) -> None:
        on_its_way.append(script)

    phone.route(re.compile(r"/player[^/]*\.js"), hold)
    phone.get_by_role("button", name="Начать").click(no_wait_after=True)
    expect(phone.locator("[data-timer]")).to_have_text(re.compile(r"Осталось 1[345]:\d\d"))
    say(phone, "4")
    for script in on_its_way:
        script.continue_()
    saved(phone)  # typed before the script had come
    phone.unroute_all()

    laptop = person(browser, school.address, "pupil", LAPTOP)
    laptop.goto(url)
    laptop.get_by_role("button", name="Продолжить").click()
    expect(laptop.locator("[data-step='1']")).to_have_attribute("data-done", "")
    expect(laptop.locator("[data-timer]")).to_have_text(re.compile("Осталось"))
    assert number(school, "select count(*) from attempt where finished_at is null") == 1, "a second device goes on"

    phone.context.set_offline(True)
    open_question(phone, 2)
    say(phone, "5")
    saved(phone, "нет связи, сохраним сами")
    open_question(laptop, 3)
    say(laptop, "6")
    saved(laptop)
    laptop.locator("[data-step]").last.click()
    laptop.locator("[data-finish]:visible button").click()
    expect(laptop.locator(".result").first).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator("form[data-item]:visible [data-saved]")).to_have_text(
        re.compile("уже после окончания"), timeout=60_000
    )

    teacher = person(browser, school.address, "teacher", LAPTOP)
    teacher.goto(f"{url}/questions")
    teacher.get_by_role("button", name="Засчитать").first.click()
    expect(teacher.locator("body")).to_contain_text("Поздние ответы")
    ((takes_late, attempt_id),) = rows(
        school,
        select(Attempt.takes_late, Attempt.id).where(
            Attempt.school_id == 1, Attempt.given_for == uuid.UUID(url.rpartition("/")[2])
        ),
    )
    assert takes_late
    late = rows(
        school, select(Answer.late).where(Answer.school_id == 1, Answer.attempt_id == attempt_id).order_by(Answer.late)
    )
    assert [bool(one) for (one,) in late] == [False, False, True], "three answers, one of them late, none twice"
    assert errors_of(laptop) == [] and errors_of(teacher) == []
