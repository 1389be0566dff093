"""What stands beside a mark, typed in a real browser; and a term closed for a group in two acts, counted from the browser's events."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import func, select

from school.gradebook.models import TermMark
from tests.browser import errors_of, person
from tests.journeys.acts import acts, count_acts, presses
from tests.journeys.facts import rows
from tests.living import School

SAVED = "[data-state=saved]"


def journal(school: School, browser: Browser) -> Page:
    page = person(browser, school.address, "teacher")
    page.get_by_role("link", name="Журналы").first.click()
    page.locator(".rows a").nth(1).click()
    expect(page.locator(SAVED)).to_be_visible()
    return page


def last_lesson(page: Page, row: int) -> Locator:
    n = page.evaluate(
        """() => {
          const heads = [...document.querySelector("[data-grid] table").tHead.rows[1].cells];
          return heads.findLastIndex((head, n) => n > 2 && !head.matches(".g-none, .g-later"));
        }"""
    )
    return page.locator(f"[data-grid] tbody tr:nth-child({row}) > :nth-child({n + 1})")


@pytest.mark.journey
def test_retakes_double_marks_and_dots_by_key(school: School, browser: Browser) -> None:
    page = journal(school, browser)
    typed = (("2", "+", "4"), "2→4"), (("4", "/", "5"), "4/5"), ((".",), "•")
    for row, (keys, shown) in enumerate(typed, start=1):
        cell = last_lesson(page, row)
        for key in ("Delete", *keys):
            cell.click()  # a mark leads on to the next pupil
            page.keyboard.press(key)
        expect(cell).to_contain_text(shown)
    expect(page.locator("[data-line]")).to_contain_text("сдать до")
    expect(page.locator(SAVED)).to_be_visible()
    page.reload()
    expect(page.locator(SAVED)).to_be_visible()
    for row, (_keys, shown) in enumerate(typed, start=1):
        expect(last_lesson(page, row)).to_contain_text(shown)
    cell = last_lesson(page, 1)
    cell.click()
    page.keyboard.press("Delete")  # the retake goes first
    expect(cell).to_contain_text("2")
    expect(cell).not_to_contain_text("→")
    expect(page.locator(SAVED)).to_be_visible()
    assert not errors_of(page)
    page.context.close()


@pytest.mark.journey
def test_a_term_is_closed_for_a_group_in_two_acts(school: School, browser: Browser) -> None:
    page = journal(school, browser)
    count_acts(page)
    before = rows(school, select(func.count()).select_from(TermMark))[0][0]
    page.get_by_role("link", name="Отметки за период").click()
    page.get_by_role("button", name="Выставить отметки").click()
    expect(page.locator(".t-marks")).to_be_visible()
    expect(page.get_by_text("СОУ")).to_be_visible()
    assert presses(page) <= 2, acts(page)
    proposed = page.locator(".t-marks tbody tr").count()
    disputed = page.locator(".t-marks tbody tr", has_text="решаете вы").count()
    bare = page.locator(".t-marks tbody tr", has_text="отметок нет").count()
    after = rows(school, select(func.count()).select_from(TermMark))[0][0]
    assert after - before >= proposed - disputed - bare
    assert not errors_of(page)
    page.context.close()
