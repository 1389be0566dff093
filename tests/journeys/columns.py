"""Columns of a journal in a browser: added by the form, and their cells."""

import uuid

from playwright.sync_api import Locator, Page, expect

SAVED = "[data-state=saved]"


def add_column(page: Page, course: uuid.UUID | str, work: str, criteria: str = "", system: str = "") -> str:
    """A new column of the last lesson held; its id."""
    page.goto(f"/s/1/courses/{course}/journal")
    before = set(columns(page))
    page.get_by_role("link", name="Добавить колонку").click()
    kind = page.get_by_label("Вид работы")
    kind.select_option(kind.locator("option", has_text=work).first.get_attribute("value"))
    if criteria or system:
        page.get_by_label("Отметки ставятся").select_option(system or "criteria")
        page.get_by_label("Критерии").fill(criteria)
    page.get_by_role("button", name="Добавить", exact=True).click()
    expect(page.locator(SAVED)).to_be_visible()
    [made] = set(columns(page)) - before
    return made


def columns(page: Page) -> list[str]:
    return page.locator("[data-grid] thead th[data-c]").evaluate_all("all => all.map((one) => one.dataset.c)")  # type: ignore[no-any-return]


def cell(page: Page, column: str, row: int) -> Locator:
    n = page.locator("[data-grid] thead tr:last-child > *").evaluate_all(
        "(all, id) => all.findIndex((one) => one.dataset.c === id)", column
    )
    return page.locator(f"[data-grid] tbody tr:nth-child({row}) > :nth-child({n + 1})")
