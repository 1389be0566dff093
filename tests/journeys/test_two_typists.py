"""Two browsers in the same columns while the server is killed with -9: nothing lost, nothing doubled, nothing overwritten in silence.

Both type marks, dots, double marks, retakes, points by criteria and of a hundred into the same cells, take steps back and do
them again. Then what each was told is compared with the history of every cell, told by the steps alone.
"""

import random
import re
import sys
import threading
import time
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import func, select

from school.core.records.models import RecordEvent
from school.gradebook.models import Mark, MarkStep
from tests.browser import errors_of, person
from tests.journeys.columns import SAVED, add_column, cell
from tests.journeys.facts import rows
from tests.journeys.newcomers import flask
from tests.journeys.test_kill_server import come_back, wrong_totals
from tests.living import School

LINES = 5
LISTEN = """() => {
  window.told = [];
  const plain = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await plain(...asked);
    if (/journal\\/(marks|undo|redo)$/.test(String(asked[0]))) {
      answer.clone().json().then(({ marks = [] }) => window.told.push(...marks), () => {});
    }
    return answer;
  };
}"""
"""Writes down every answer about a mark that the page gets."""

Place = tuple[uuid.UUID, uuid.UUID, int]
Sign = tuple[int | None, str | None]


@dataclass
class Typists:
    """Two browsers of one teacher and the columns they share."""

    school: School
    pages: list[Page]
    fives: list[str]
    criteria: str
    hundred: str
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)

    def act(self) -> None:
        """Something a teacher does, in one of the browsers, in a cell that the other may be about as well."""
        page = self.dice.choice(self.pages)
        kind = self.dice.choices(
            ("mark", "dot", "double", "retake", "criteria", "hundred", "clear", "undo", "redo", "mine"),
            (8, 2, 3, 3, 3, 2, 1, 3, 2, 2),
        )[0]
        column = {"criteria": self.criteria, "hundred": self.hundred}.get(kind) or self.dice.choice(self.fives)
        where = cell(page, column, self.dice.randint(1, LINES))
        self.done[kind] += 1
        if kind == "mine":
            mine = page.get_by_role("button", name="Поставить мою")
            if mine.count():
                mine.first.click()
            return
        self.press(page, where, kind)

    def press(self, page: Page, where: Locator, kind: str) -> None:
        a, b = (str(self.dice.randint(2, 5)) for _n in range(2))
        keys = {
            "mark": a,
            "dot": ".",
            "double": f"{a}/{b}",
            "retake": f"{a}+{b}",
            "criteria": f"{self.dice.randint(0, 8)}{self.dice.randint(0, 8)}{self.dice.randint(0, 4)}",
            "hundred": str(self.dice.randint(11, 99)),
        }.get(kind)
        where.click()
        if keys is None:
            page.keyboard.press({"clear": "Delete", "undo": "Control+z", "redo": "Control+y"}[kind])
            return
        for n, key in enumerate(keys):
            if n == 1 and kind in ("double", "retake"):
                where.click()  # the mark has led on to the next pupil
            page.keyboard.press(key)


def sit_down(school: School, browser: Browser, seed: int) -> Typists:
    """Both have the journal open, with new columns of every kind in one lesson."""
    pages = [person(browser, school.address, "teacher") for _n in range(2)]
    first, second = pages
    first.goto("/s/1/journals")
    course = str(first.locator(".rows a").first.get_attribute("href")).split("/")[4]
    fives = [add_column(first, course, "Контрольная работа")]
    criteria = add_column(first, course, "Проект", "Знание 8\nВывод 8\nОформление 4")
    hundred = add_column(first, course, "Проект", system="hundred")
    second.goto(first.url)
    for page in pages:
        expect(page.locator(SAVED)).to_be_visible()
        page.evaluate(LISTEN)
    return Typists(school, pages, fives, criteria, hundred, random.Random(seed))


def kill(school: School, dice: random.Random) -> threading.Thread:
    """As a power cut does; somebody starts it again while the teachers go on."""
    school.kill()
    helper = threading.Thread(target=come_back, args=(school, dice.uniform(0.2, 1.5)))
    helper.start()
    return helper


@pytest.mark.journey
@pytest.mark.data_journey
def test_two_typists_lose_double_and_overwrite_nothing(school: School, browser: Browser) -> None:
    typists = sit_down(school, browser, 5)
    helper: threading.Thread | None = None
    for n in range(36):
        typists.act()
        if n in (9, 21):
            if helper:
                helper.join()
            helper = kill(school, typists.dice)
    assert helper is not None
    helper.join()
    check(typists)


@pytest.mark.slow
@pytest.mark.journey
@pytest.mark.data_journey
def test_two_typists_for_a_minute_and_five_kills(school: School, browser: Browser) -> None:
    typists = sit_down(school, browser, 11)
    began, killed = time.monotonic(), 0
    helper: threading.Thread | None = None
    while time.monotonic() - began < 60:
        typists.act()
        if killed < 5 and time.monotonic() - began > 6 + 11 * killed:
            if helper:
                helper.join()
            helper = kill(school, typists.dice)
            killed += 1
    assert helper is not None
    helper.join()
    assert killed == 5
    check(typists)


def check(typists: Typists) -> None:
    """Both pages are answered in the end and show what stands; what they were told is what the steps tell."""
    for page in typists.pages:
        page.evaluate("dispatchEvent(new Event('online'))")  # what waits is tried at once, as when a connection returns
        expect(page.locator(SAVED)).to_be_visible(timeout=90_000)
        expect(page.locator("td.is-waiting")).to_have_count(0)
    told = [one for page in typists.pages for one in page.evaluate("window.told")]
    history, steps = history_of(typists)
    statuses = Counter(str(one["status"]) for one in told)
    told_by = f"{dict(typists.done)}: {dict(statuses)}, {len(steps)} steps in {len(history)} places\n"
    sys.stdout.write(told_by)
    saved = [one for one in told if one["status"] == "saved"]
    for one in saved:
        stands = history[uuid.UUID(one["column"]), uuid.UUID(one["pupil"]), one["place"]]
        assert stands[one["version"] - 1] == (one["value"], one["code"]), one  # not lost, not another's
    untold = {step for step, kind in steps.items() if kind == "set"} - {uuid.UUID(one["id"]) for one in saved}
    assert not untold  # nothing was written twice, or without its browser hearing of it
    assert statuses["saved"] > 5
    assert statuses["conflict"] > 0  # they did meet, and were told
    assert wrong_totals(typists.school) == []
    assert flask(typists.school, "records", "verify", "--json")["problems"] == []
    tables = []
    for page in typists.pages:
        page.evaluate("sessionStorage.clear()")
        page.reload()
        expect(page.locator(SAVED)).to_be_visible()
        tables.append(page.locator("[data-grid] tbody").evaluate("(all) => [...all.rows].map((row) => row.innerText)"))
        assert [one for one in errors_of(page) if not re.search("ERR_|409", one)] == []
    assert tables[0] == tables[1]
    for page in typists.pages:
        page.context.close()


def history_of(typists: Typists) -> tuple[dict[Place, list[Sign]], dict[uuid.UUID, str]]:
    """What stood in each place, version by version, by the steps; each step builds on the one before and has its one event."""
    ours = [uuid.UUID(one) for one in (*typists.fives, typists.criteria, typists.hundred)]
    events = (
        select(func.count()).where(RecordEvent.thing_id == Mark.id, RecordEvent.kind == "mark.set").scalar_subquery()
    )
    found: list[tuple[Any, ...]] = rows(
        typists.school,
        select(
            Mark.column_id,
            Mark.pupil_id,
            Mark.place,
            Mark.value,
            Mark.code,
            Mark.version,
            events,
            MarkStep.id,
            MarkStep.kind,
            MarkStep.version,
            MarkStep.old_value,
            MarkStep.old_code,
            MarkStep.new_value,
            MarkStep.new_code,
        )
        .join(MarkStep, (MarkStep.school_id == Mark.school_id) & (MarkStep.mark_id == Mark.id))
        .where(Mark.school_id == 1, Mark.column_id.in_(ours))
        .order_by(Mark.id, MarkStep.version),
    )
    history: dict[Place, list[Sign]] = defaultdict(list)
    last: dict[Place, tuple[Any, ...]] = {}
    for column, pupil, place, value, code, version, happened, _id, _kind, number, *signs in found:
        stood = history[column, pupil, place]
        assert number == len(stood) + 1
        assert tuple(signs[:2]) == (stood[-1] if stood else (None, None))
        stood.append((signs[2], signs[3]))
        last[column, pupil, place] = (value, code, version, happened)
    for where, (value, code, version, happened) in last.items():
        assert history[where][-1] == (value, code)
        assert len(history[where]) == version == happened
    return history, {row[7]: row[8] for row in found}
