"""Marks in a textbook: words are chosen with the mouse or a finger, painted after each opening, and taken out."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import LAPTOP, PHONE, errors_of, person
from tests.journeys.test_every_page import problems
from tests.living import School

CHOOSE = """() => {
  const words = [...document.querySelectorAll('article > .prose p')].find((one) => one.textContent.length > 80);
  const range = new Range();
  range.selectNodeContents(words);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  document.dispatchEvent(new PointerEvent('pointerup'));
}"""
PAINTED = "() => CSS.highlights.get('marked')?.size ?? 0"


@pytest.mark.journey
def test_marks_are_made_and_found_again(school: School, browser: Browser) -> None:
    for size in (LAPTOP, PHONE):
        page = person(browser, school.address, "pupil", size)
        mark_and_take_out(page)
        assert errors_of(page) == []
        page.context.close()


def mark_and_take_out(page: Page) -> None:
    page.goto("/library?q=что показывает дробь&kind=textbook")
    page.locator(".hit-title a").first.click()
    expect(page.get_by_role("heading", name="Мои пометки")).to_be_visible()
    page.wait_for_load_state()  # a person who has read far enough to choose words has the scripts too
    page.evaluate(CHOOSE)
    place = page.locator("#report-error select")
    page.evaluate("document.querySelector('[data-dialog-open=report-error]').click()")
    expect(place).not_to_have_value("")  # the place of the words that were chosen
    page.keyboard.press("Escape")
    page.evaluate(CHOOSE)
    note = page.get_by_placeholder("Заметка, если хотите")
    expect(note).to_be_in_viewport()
    note.fill("Спросить на уроке")
    page.get_by_role("button", name="Отметить").click()
    expect(page.get_by_text("Спросить на уроке").first).to_be_attached()
    assert page.evaluate(PAINTED) == 1
    # What lies just under the bar of places counts as too small; it scrolls out from there.
    assert [one for one in problems(page) if not one.startswith("target-size")] == []
    page.reload()
    assert page.evaluate(PAINTED) == 1
    page.get_by_text("Изменить", exact=True).click()
    page.get_by_role("button", name="Убрать").click()
    expect(page.get_by_text("Спросить на уроке")).to_have_count(0)
    assert page.evaluate(PAINTED) == 0
