"""A teacher makes tracks for a class in two presses; a pupil does ten minutes on a phone and sees what changed."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import LAPTOP, PHONE, errors_of, person
from tests.journeys.test_every_page import problems
from tests.journeys.test_task import answer, press
from tests.living import School


@pytest.mark.journey
def test_tracks_of_a_class_and_ten_minutes(school: School, browser: Browser) -> None:
    teacher = person(browser, school.address, "teacher", LAPTOP)
    teacher.goto(f"{course_of(teacher, '7 «Б»', 'Алгебра')}/tracks")
    presses = 0
    teacher.get_by_role("button", name="Предложить всем").click()
    presses += 1
    expect(teacher.get_by_role("heading", name="Предложено: кому, что и почему")).to_be_visible()
    expect(teacher.get_by_text("опора цели, слабо").first).to_be_visible()
    assert problems(teacher) == []
    teacher.get_by_role("button", name="Утвердить").click()
    presses += 1
    expect(teacher.get_by_text(re.compile(r"Утвержд\S+ \d+ маршрут")).first).to_be_visible()
    assert presses <= 3
    move_by_keyboard(teacher)
    assert errors_of(teacher) == []

    pupil = person(browser, school.address, "pupil", PHONE)
    pupil.goto("/")
    pupil.get_by_role("main").get_by_role("link", name="Мой путь").click()
    expect(pupil.get_by_text("Следующий шаг")).to_be_visible()
    assert problems(pupil) == []
    pupil.get_by_role("button", name="Начать").first.click()
    heading = pupil.locator("h1")
    expect(heading).to_have_text(re.compile(r"Вопрос 1 из \d+"))
    count = int(heading.inner_text().rsplit(" ", 1)[1])
    do_all(pupil, count)
    expect(pupil.locator(".result")).to_have_count(count)
    expect(pupil.locator("[data-gained]")).to_be_visible()
    pupil.get_by_role("link", name="Что изменилось").last.click()
    expect(pupil.locator("[data-moved]")).to_have_count(count)
    assert problems(pupil) == []
    pupil.get_by_role("link", name="К следующему шагу").click()
    expect(pupil.get_by_role("heading", name="Мой путь")).to_be_visible()
    pupil.get_by_role("link", name="Игра").click()
    expect(pupil.locator("[data-day=done]").last).to_be_visible()
    assert problems(pupil) == []
    pupil.get_by_role("link", name="Гардероб").click()
    pupil.get_by_role("button", name="Выбрать: Кот").click()
    expect(pupil.locator("[data-part=cat][data-worn]")).to_be_visible()
    assert problems(pupil) == []
    assert errors_of(pupil) == []


def move_by_keyboard(teacher: Page) -> None:
    """A step goes down and is pinned without the mouse: after each press the focus is at the same button."""
    on_a_track = teacher.get_by_role("main").get_by_role("listitem").filter(has_text="шагов:").first
    on_a_track.get_by_role("link").first.click()
    steps = teacher.locator(".t-steps > li")
    expect(steps.nth(1)).to_be_visible()
    down = steps.first.locator("button[value^=down]")
    moved = (down.get_attribute("value") or "").partition(":")[2]
    down.focus()
    teacher.keyboard.press("Enter")
    expect(steps.nth(1).locator(f"button[value='up:{moved}']")).to_be_visible()
    expect(steps.nth(1).locator(f"button[value$='{moved}']:focus")).to_have_count(1)
    pin = steps.nth(1).locator("button[value^=pin]")
    pin.focus()
    teacher.keyboard.press("Enter")
    expect(steps.nth(1).locator("button[value^=unpin]")).to_be_focused()
    teacher.keyboard.press("Enter")
    expect(steps.nth(1).locator("button[value^=pin]")).to_be_focused()


def course_of(page: Page, group: str, subject: str) -> str:
    """The address of one course, from the list of journals."""
    page.get_by_role("link", name="Журналы").first.click()
    section = page.locator("main section").filter(has=page.get_by_role("heading", name=group, exact=True))
    href = section.get_by_role("link", name=subject).first.get_attribute("href") or ""
    found = re.search(r"/s/\d+/courses/[0-9a-f-]+", href)
    assert found is not None, href
    return found[0]


def do_all(page: Page, count: int) -> None:
    heading = page.locator("h1")
    for _question in range(count):
        if not heading.inner_text().startswith("Вопрос"):
            break
        answer(page)
        before = heading.inner_text()
        press(page)
        expect(heading).not_to_have_text(before)
    if page.locator("[data-finish]:visible").count():
        page.locator("[data-finish]:visible button").click()
