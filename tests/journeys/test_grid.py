"""The mark grid in a real browser: keys, consequence before saving, a lost connection, a reload, two tabs, the way back."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sqlalchemy import select

from school.gradebook.models import Mark, MarkStep
from tests.browser import errors_of, person
from tests.journeys.facts import rows
from tests.living import School

SAVED = "[data-state=saved]"
SEEN = """(mark) => {
    const one = document.querySelector(mark), { left, top, width, height } = one.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === one;
}"""
"""Whether the middle of an element is what a person sees there."""


@pytest.fixture
def teacher(school: School, browser: Browser) -> Iterator[Page]:
    page = person(browser, school.address, "teacher")
    page.get_by_role("link", name="Журналы").first.click()
    page.locator(".rows a").first.click()
    expect(page.locator(SAVED)).to_be_visible()
    yield page
    page.context.close()


def empty_cells(page: Page) -> Locator:
    """Cells of the last lesson held in which nothing stands yet, from the top down."""
    n = page.evaluate(
        """() => {
          const heads = [...document.querySelector("[data-grid] table").tHead.rows[1].cells];
          return heads.findLastIndex((head, n) => n > 2 && !head.matches(".g-none, .g-later"));
        }"""
    )
    return page.locator(f"[data-grid] tbody tr > :nth-child({n + 1}):empty")


def place(page: Page, cell: Locator) -> Locator:
    """The same cell by its place, whatever stands in it later."""
    return page.locator(cell_of(cell))


@pytest.mark.journey
def test_one_key_a_mark(school: School, teacher: Page) -> None:
    cell = place(teacher, empty_cells(teacher).first)
    cell.click()
    mean = cell.locator("xpath=../td[1]")
    before = mean.inner_text()
    teacher.keyboard.press("2")
    expect(cell).to_have_text("2")
    expect(teacher.locator("[data-line]")).to_contain_text("→")
    assert mean.inner_text() != before
    assert ": 2" in (cell.get_attribute("aria-label") or "")
    teacher.keyboard.press("Enter")
    assert not cell.evaluate("(td) => td === document.activeElement")
    expect(teacher.locator(SAVED)).to_be_visible()
    cell.click()
    teacher.keyboard.press("y")  # the key of the letter н in the English layout
    expect(cell.locator("i")).to_have_text("н")
    cell.click()
    teacher.keyboard.press("Delete")
    expect(cell).to_have_text("н")
    expect(teacher.locator(SAVED)).to_be_visible()
    teacher.keyboard.press("5")
    cell.click()
    teacher.keyboard.press("F2")
    teacher.get_by_label("Несколько слов об этой отметке").fill("За ясное объяснение")
    teacher.get_by_role("button", name="Сохранить", exact=True).click()
    expect(teacher.locator(SAVED)).to_be_visible()
    teacher.reload()
    expect(cell).to_have_text("5н")
    expect(cell).to_have_attribute("data-c", "За ясное объяснение")
    assert errors_of(teacher) == []


@pytest.mark.journey
def test_typed_without_a_connection_sent_once(school: School, teacher: Page) -> None:
    steps = len(rows(school, select(MarkStep.id)))
    cells = [place(teacher, empty_cells(teacher).nth(n)) for n in range(3)]
    teacher.context.set_offline(True)
    for cell, key in zip(cells, "435", strict=True):  # they need not follow one another
        cell.click()
        teacher.keyboard.press(key)
    expect(teacher.locator("[data-state=trouble]")).to_contain_text("Ещё не отправлено: 3")
    teacher.evaluate("dispatchEvent(new Event('offline'))")
    expect(teacher.locator("#connection")).to_be_visible()
    assert teacher.evaluate(SEEN, "[data-state]"), "nothing lies upon the count of what waits"
    expect(cells[0]).to_have_class("is-waiting")
    cells[2].click()
    teacher.keyboard.press("4")  # typed over: one change, or two if the first was being tried again at this very moment
    teacher.context.set_offline(False)
    teacher.reload()  # what waits outlives the page
    expect(teacher.locator(SAVED)).to_be_visible()
    for cell, sign in zip(cells, "434", strict=True):
        expect(cell).to_have_text(sign)
    teacher.reload()
    for cell, sign in zip(cells, "434", strict=True):
        expect(cell).to_have_text(sign)
    assert len(rows(school, select(MarkStep.id))) in {steps + 3, steps + 4}


@pytest.mark.journey
def test_a_mark_that_arrives_while_the_page_is_read_again(school: School, teacher: Page) -> None:
    """The page was read before the mark, the mark was answered before the page changed: it shows the mark all the same."""
    steps = len(rows(school, select(MarkStep.id)))
    cell = place(teacher, empty_cells(teacher).first)
    held: list[Route] = []
    saving = re.compile(re.escape(str(teacher.locator("[data-grid]").get_attribute("data-save"))))
    teacher.route(saving, lambda route: held.append(route))  # noqa: PLW0108 - playwright marks the handler
    cell.click()
    with teacher.expect_request(saving):
        teacher.keyboard.press("5")

    def read_too_early(route: Route) -> None:
        page = route.fetch()
        held.pop().continue_()
        give_up = time.monotonic() + 20
        while len(rows(school, select(MarkStep.id))) == steps and time.monotonic() < give_up:
            time.sleep(0.05)
        time.sleep(0.5)  # the answer reaches the page that is on its way out
        route.fulfill(response=page)

    teacher.route(teacher.url, read_too_early)
    teacher.reload()
    expect(cell).to_have_text("5")
    expect(teacher.locator(SAVED)).to_be_visible()
    teacher.unroute_all()
    teacher.reload()
    expect(cell).to_have_text("5")
    assert len(rows(school, select(MarkStep.id))) == steps + 1


@pytest.mark.journey
def test_two_tabs_and_the_way_back(school: School, teacher: Page) -> None:
    cell = place(teacher, empty_cells(teacher).first)
    other = teacher.context.new_page()
    other.goto(teacher.url)
    there = other.locator(cell_of(cell))
    other.evaluate("() => { BroadcastChannel.prototype.postMessage = () => {}; }")
    cell.click()
    where = (cell.get_attribute("aria-label") or "").partition(":")[0]
    assert "," in where, "pupil, day and lesson in words"
    teacher.evaluate("() => { BroadcastChannel.prototype.postMessage = () => {}; }")
    teacher.keyboard.press("5")
    expect(teacher.locator(SAVED)).to_be_visible()
    expect(teacher.locator("[data-line]")).not_to_contain_text("ещё не сохранено")
    there.click()
    other.keyboard.press("3")
    expect(other.locator("[data-line]")).to_contain_text(": сейчас здесь стоит 5, вы ставили 3")
    expect(other.locator("[data-line]")).to_contain_text(where)
    expect(there).to_have_text("5")
    other.get_by_role("button", name="Поставить мою").click()
    expect(there).to_have_text("3")
    expect(other.locator(SAVED)).to_be_visible()
    teacher.reload()
    expect(cell).to_have_text("3")
    cell.click()
    teacher.keyboard.press("Control+z")
    expect(cell).to_have_text("5")
    teacher.keyboard.press("Control+z")
    expect(cell).to_have_text("")
    teacher.keyboard.press("Control+y")
    expect(cell).to_have_text("5")
    [(value, version)] = [
        (value, version) for value, version in rows(school, select(Mark.value, Mark.version)) if version == 5
    ]
    assert value == 5
    assert version == 5


def cell_of(cell: Locator) -> str:
    row, column = cell.evaluate("(td) => [td.parentElement.sectionRowIndex + 1, td.cellIndex + 1]")
    return f"[data-grid] tbody tr:nth-child({row}) > :nth-child({column})"


@pytest.mark.journey
def test_keys_in_a_closed_term_say_why_and_change_nothing(school: School, teacher: Page) -> None:
    """The page as it is drawn for a closed term, without closing one for the other journeys."""

    def close(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace(" data-writable", " data-writable data-locked data-shut")
        )

    sent: list[str] = []
    teacher.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    teacher.route("**/journal", close)
    teacher.reload()
    expect(teacher.locator(SAVED)).to_be_visible()
    cell = place(teacher, empty_cells(teacher).first)
    line = teacher.locator("[data-line]")
    for key in ("5", ".", "0", "Control+z"):
        cell.click()
        expect(line).to_contain_text("закрыто для отметок")  # before a key is pressed
        teacher.keyboard.press(key)
        expect(line).to_contain_text("Период закрыт")
        teacher.keyboard.press("ArrowDown")
    expect(cell).to_have_text("")
    expect(teacher.locator("[data-pad] [data-sign='5']")).to_be_hidden()
    assert not [one for one in sent if "/journal/" in one]
