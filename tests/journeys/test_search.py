"""Finding in the library: by keyboard with suggestions, on a phone with the sheet of filters, and without a script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import LAPTOP, PHONE, errors_of, person
from tests.journeys.test_every_page import problems
from tests.living import School


@pytest.mark.journey
def test_finding(school: School, browser: Browser) -> None:
    page = person(browser, school.address, "teacher", LAPTOP)
    by_keyboard(page)
    into_the_text(page)
    phone = person(browser, school.address, "teacher", PHONE)
    by_finger(phone)
    plain = person(browser, school.address, "teacher", LAPTOP, script=False)
    without_script(plain)
    for one in (page, phone, plain):
        assert errors_of(one) == []
        one.context.close()


def by_keyboard(page: Page) -> None:
    page.goto("/library")
    field = page.get_by_role("combobox", name="Что ищете?")
    field.focus()
    page.keyboard.type("обыкновенные дро", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("дроби")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    assert problems(page) == []
    page.keyboard.press("Enter")
    expect(field).to_have_value("обыкновенные дроби ")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator(".hit mark").first).to_be_visible()
    expect(page).to_have_url(re.compile("/library.q="))


def into_the_text(page: Page) -> None:
    """A word that stands only in a text leads to its section."""
    page.goto("/library?q=задача&kind=textbook&year=5")
    page.locator(".hit-place a").first.click()
    expect(page).to_have_url(re.compile(r"/library/[0-9a-f-]+#part-\d+"))
    heading = page.locator(":target")
    expect(heading).to_be_in_viewport()


def by_finger(page: Page) -> None:
    page.goto("/library?q=дроби")
    page.get_by_role("button", name="Фильтры").click()
    sheet = page.get_by_role("complementary", name="Фильтры")
    expect(sheet).to_be_visible()
    # axe knows no top layer: it takes the bar of places, which lies below the sheet, for above it.
    assert [one for one in problems(page) if not one.startswith("target-size")] == []
    sheet.get_by_role("link", name=re.compile("^Тесты")).click()
    expect(page.get_by_role("link", name="Убрать: Тесты")).to_be_visible()
    expect(sheet).to_be_hidden()


def without_script(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("searchbox", name="Что ищете?").fill("дрорбей")
    page.get_by_role("button", name="Найти").click()
    expect(page.get_by_text("Показано по словам")).to_be_visible()
    page.get_by_role("complementary", name="Фильтры").get_by_role("link", name=re.compile("^5 класс")).click()
    expect(page.get_by_role("link", name="Убрать: 5 класс")).to_be_visible()
