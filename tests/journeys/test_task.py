"""A task on a phone: the server dies, the page is reloaded, a second tab is opened, a button is pressed twice; no answer is lost."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, errors_of, person
from tests.living import School


def answer(page: Page) -> None:
    """Give some answer to the question on the screen."""
    form = page.locator("form[data-item]:visible")
    choices = form.locator("input[type=radio], input[type=checkbox]")
    if choices.count():
        choices.first.check()
    else:
        form.locator("input[type=text]").fill("7")


def press(page: Page) -> None:
    page.locator("form[data-item]:visible button").click()


def done(page: Page) -> list[str]:
    """Numbers of the questions that have an answer."""
    return page.locator(".steps [data-done]").evaluate_all("links => links.map(link => link.dataset.step)")


def test_no_answer_is_lost(school: School, browser: Browser) -> None:
    page = person(browser, school.address, "pupil", PHONE)
    page.goto("/library?kind=test")
    page.locator("main a[href*='/library/0']").first.click()
    page.locator("form[action$='/attempts'] button").first.click()
    heading = page.locator("h1")
    expect(heading).to_have_text(re.compile(r"Вопрос 1 из \d+"))
    count = int(heading.inner_text().rsplit(" ", 1)[1])

    answer(page)
    page.locator("form[data-item]:visible button").dblclick(delay=20)
    expect(heading).to_have_text(re.compile("Вопрос [23] из"))
    page.locator("[data-step='2']").click()

    school.kill()
    answer(page)
    saved = page.locator("form[data-item]:visible [data-saved]")
    expect(saved).to_have_text("нет связи, сохраним сами")
    press(page)
    expect(heading).to_have_text(re.compile("Вопрос 3 из"), timeout=10_000)
    answer(page)
    school.start()
    expect(saved).to_have_text("сохранено", timeout=45_000)
    page.reload()
    assert {"2", "3"} <= set(done(page))

    second = page.context.new_page()
    second.goto(page.url.split("?")[0])
    second.locator("[data-step='4']").click()
    answer(second)
    expect(second.locator("form[data-item]:visible [data-saved]")).to_have_text("сохранено")
    second.close()
    page.reload()
    assert "4" in done(page)

    for _question in range(count):
        if not heading.inner_text().startswith("Вопрос"):
            break
        answer(page)
        before = heading.inner_text()
        press(page)
        expect(heading).not_to_have_text(before)
    if page.locator("[data-finish]:visible").count():
        page.locator("[data-finish]:visible button").click()
    expect(page.locator(".result")).to_have_count(count)
    assert page.locator(".result", has_text="без ответа").count() == 0
    assert errors_of(page) == []
