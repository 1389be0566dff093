"""A parent reads the week of a child; a head goes from the map of a group down to the answers behind one figure."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import LAPTOP, PHONE, errors_of, person
from tests.journeys.test_every_page import problems
from tests.journeys.test_tracks import course_of
from tests.living import School


@pytest.mark.journey
def test_a_parent_reads_the_week_and_a_head_the_answers_behind_a_figure(
    shared_school: School, browser: Browser
) -> None:
    parent = person(browser, shared_school.address, "parent", PHONE)
    parent.goto("/family")
    parent.get_by_role("main").get_by_role("link", name="Успехи по предметам").first.click()
    expect(parent.get_by_role("heading", name="Чем помочь дома")).to_be_visible()
    week = parent.locator("section").filter(has=parent.get_by_role("heading", name="Что изменилось за неделю"))
    expect(week).to_contain_text(re.compile(r"За неделю \d+ ответ|На этой неделе"))
    assert problems(parent) == []
    assert errors_of(parent) == []

    head = person(browser, shared_school.address, "head", LAPTOP)
    head.goto(f"{course_of(head, '7 «Б»', 'Геометрия')}/topics")
    with head.expect_download() as saved:
        head.get_by_role("button", name="PNG").click()
    picture = saved.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) > 640, "twice as wide as the map, with its edges"
    cell = head.get_by_role("main").locator("td a").first
    shown = re.search(r"\d+", cell.inner_text())
    assert shown is not None
    cell.click()
    answers = head.get_by_role("main").get_by_role("row")
    expect(answers.nth(1)).to_be_visible()
    expect(head.get_by_role("main")).to_contain_text(f"{shown[0]} %")
    assert problems(head) == []

    head.goto("/s/1/reports/school/results")
    whole = head.get_by_role("row").filter(has=head.get_by_role("rowheader", name="Школа", exact=True)).first
    failing = whole.get_by_role("cell").nth(4).get_by_role("link")
    number = int(failing.inner_text())
    failing.click()
    expect(head.get_by_role("heading", level=1, name="Неуспевающие")).to_be_visible()
    named = head.get_by_role("main").locator("tbody tr")
    expect(named).to_have_count(number)
    assert problems(head) == []
    named.first.get_by_role("link").nth(1).click()
    expect(head.get_by_role("heading", name="Предметы")).to_be_visible()
    head.get_by_role("main").locator("li.row a.row-title").first.click()
    expect(head.get_by_role("heading", name="Отметки", exact=True)).to_be_visible()
    assert errors_of(head) == []
