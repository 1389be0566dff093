"""kill -9 of the server while marks are being entered: none that was shown as saved is lost, none is there twice."""

import random
import threading
import time
import uuid

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from school.core.records.models import RecordEvent
from school.gradebook.models import Mark, MarkStep, SubjectTotal
from tests.browser import errors_of, person
from tests.journeys.facts import rows
from tests.journeys.newcomers import flask
from tests.living import School

Cell = tuple[uuid.UUID, uuid.UUID]
Place = tuple[int, int]
LEAST_MARKS = 30
KILLS = 2

WATCH = """() => {
  const table = document.querySelector("[data-grid] table");
  const heads = [...table.tHead.rows[1].cells];
  window.shownAsSaved = {};
  new MutationObserver((all) => all.forEach(({ target }) => {
    if (!target.classList.contains("is-saved")) return;
    const key = `${heads[target.cellIndex].dataset.c} ${target.parentElement.dataset.r}`;
    window.shownAsSaved[key] = target.firstChild.data;
  })).observe(table, { subtree: true, attributeFilter: ["class"] });
}"""
"""Writes down each cell, and what stood in it, at the moment when the page shows it as saved."""

CELLS = """() => {
  const table = document.querySelector("[data-grid] table");
  const heads = [...table.tHead.rows[1].cells];
  return [...table.querySelectorAll("tbody td[data-m]")].map((td) =>
    [`${heads[td.cellIndex].dataset.c} ${td.parentElement.dataset.r}`, td.firstChild.data]);
}"""


@pytest.mark.journey
@pytest.mark.data_journey
@pytest.mark.parametrize("seed", [7])
def test_no_mark_is_lost_or_doubled(school: School, browser: Browser, seed: int) -> None:
    dice = random.Random(seed)
    page = person(browser, school.address, "teacher")
    page.get_by_role("main").get_by_role("link", name="Журнал", exact=True).first.click()
    expect(page.locator("[data-state=saved]")).to_be_visible()
    page.evaluate(WATCH)
    assert wrong_totals(school) == []

    places = empty_places(page)
    assert len(places) >= LEAST_MARKS
    places = places[:45]
    lines = page.locator("[data-grid] tbody tr").count()
    moments = sorted(dice.sample(range(4, len(places) - 8), KILLS))
    helper: threading.Thread | None = None
    wanted: dict[Cell, int] = {}
    for n, (place, cell) in enumerate(places):
        value = dice.randint(2, 5)
        go(page, places[n - 1][0] if n else None, place, lines)
        page.keyboard.press(str(value))
        if dice.random() < 0.2:
            value = 2 + (value - 1) % 4
            if place[0] < lines - 1:
                page.keyboard.press("ArrowUp")
            page.keyboard.press(str(value))
        wanted[cell] = value
        if n in moments:
            if helper:
                helper.join()
            page.wait_for_timeout(dice.uniform(0, 60))
            school.kill()
            kept = stand(school)
            lost = {
                cell: sign for cell, sign in shown_as_saved(page).items() if kept.get(cell) not in (sign, wanted[cell])
            }
            assert not lost
            helper = threading.Thread(target=come_back, args=(school, dice.uniform(0.2, 1.5)))
            helper.start()
        page.wait_for_timeout(dice.uniform(0, 40))
    assert helper is not None
    helper.join()

    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=60_000)
    expect(page.locator("td.is-waiting, td.is-conflict")).to_have_count(0)
    assert shown_as_saved(page) == wanted
    before = page.evaluate(CELLS)
    page.reload()
    assert page.evaluate(CELLS) == before
    in_grid = {cell_of(key): sign for key, sign in before}
    assert {cell: int(in_grid[cell]) for cell in wanted} == wanted
    check(school, wanted)
    assert errors_of(page) == []
    page.context.close()


def empty_places(page: Page) -> list[tuple[Place, Cell]]:
    """Cells without a mark in the columns nearest to today, today's first, from the top down: row and column in the table, and what they are of."""
    found = page.evaluate(
        """() => {
          const table = document.querySelector("[data-grid] table");
          const heads = [...table.tHead.rows[1].cells];
          const today = heads.findIndex((head) => head.classList.contains("g-today"));
          const held = heads.map((head, n) => n).filter((n) => n > 2 && n <= today && !heads[n].matches(".g-none, .g-later"));
          return held.reverse().slice(0, 4).flatMap((n) => [...table.tBodies[0].rows].flatMap((row, r) =>
            row.cells[n].dataset.m ? [] : [[[r, n], heads[n].dataset.c + " " + row.dataset.r]]));
        }"""
    )
    return [((row, column), cell_of(key)) for (row, column), key in found]


def go(page: Page, at: Place | None, to: Place, lines: int) -> None:
    """A mark leads on to the next line; further down by the arrow, to the top of another column by a press."""
    if at is not None and at[1] == to[1] and at[0] < to[0]:
        for _row in range(to[0] - min(at[0] + 1, lines - 1)):
            page.keyboard.press("ArrowDown")
    else:
        page.locator("[data-grid] tbody tr").nth(to[0]).locator("th, td").nth(to[1]).click()


def cell_of(key: str) -> Cell:
    column, pupil = key.split()
    return uuid.UUID(column), uuid.UUID(pupil)


def shown_as_saved(page: Page) -> dict[Cell, int]:
    """What the page has shown as saved since it was opened; a cell that was changed since then, as it was shown last."""
    return {cell_of(key): int(sign) for key, sign in page.evaluate("window.shownAsSaved").items()}


def come_back(school: School, after: float) -> None:
    """Start the server again on the same data and port, while the teacher goes on."""
    time.sleep(after)
    school.start()


def stand(school: School) -> dict[Cell, int]:
    """The marks in the database."""
    found = rows(school, select(Mark.column_id, Mark.pupil_id, Mark.value).where(Mark.place == 0))
    return {(column, pupil): value for column, pupil, value in found}


def check(school: School, wanted: dict[Cell, int]) -> None:
    """Each mark once; a step and an event of the record for each version of it; sums equal to a recount; the record whole."""
    steps = select(func.count()).where(MarkStep.mark_id == Mark.id).scalar_subquery()
    events = select(func.count()).where(RecordEvent.thing_id == Mark.id).scalar_subquery()
    found = rows(school, select(Mark.column_id, Mark.pupil_id, Mark.value, Mark.version, steps, events))
    ours = [row for row in found if (row[0], row[1]) in wanted]
    assert len(ours) == len(wanted)
    assert {(column, pupil): value for column, pupil, value, *_rest in ours} == wanted
    assert [row for row in ours if not row[3] == row[4] == row[5]] == []
    assert wrong_totals(school) == []
    assert flask(school, "records", "verify", "--json")["problems"] == []


def wrong_totals(school: School) -> list[tuple[object, ...]]:
    """Where the kept sums differ from a recount of the marks."""
    counted = rows(
        school,
        select(
            Mark.pupil_id,
            Mark.subject_id,
            Mark.term_id,
            func.count(),
            func.sum(Mark.weight),
            func.sum(Mark.value * Mark.weight),
        )
        .where(Mark.value.is_not(None), Mark.replaced_at.is_(None))
        .group_by(Mark.pupil_id, Mark.subject_id, Mark.term_id),
    )
    kept = rows(
        school,
        select(
            SubjectTotal.pupil_id,
            SubjectTotal.subject_id,
            SubjectTotal.term_id,
            SubjectTotal.marks,
            SubjectTotal.weight_sum,
            SubjectTotal.value_sum,
        ).where(SubjectTotal.marks > 0),
    )
    return sorted(set(counted) ^ set(kept), key=str)
