"""Every page that a role can reach by links: no accessibility finding, no error in the console, nothing sideways on a phone."""

import re
from itertools import chain

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from school.app import create_app
from school.core.config import Settings
from tests.browser import LAPTOP, PHONE, errors_of, person
from tests.corners import corners
from tests.crawling import crawl
from tests.living import School
from tests.look import ROLES

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
WIDE = {"gradebook.grid", "gradebook.term_marks", "progress.course", "classes.day", "classes.group_timetable"}
"""Grids may be wider than a phone inside a frame of their own."""
UNSTUCK = """() => {
  for (const bar of document.querySelectorAll(".top, .places, .foot")) bar.style.setProperty("position", "static");
}"""
"""axe takes whatever the bars happen to lie over for a target too small, though a finger scrolls it free."""
MEANT = re.compile(r"/nothing-here: |UNPROCESSABLE")
"""A page that is not there and a form with a slip, opened on purpose."""


@pytest.mark.journey
@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role(school: School, browser: Browser, role: str) -> None:
    app = create_app(
        Settings(school.folder, school.database_url or f"sqlite:///{school.folder / 'school.sqlite3'}", "crawl")
    )
    findings: list[str] = []
    for size in (PHONE, LAPTOP):
        page = person(browser, school.address, role, size)
        for endpoint in chain(crawl(page, app, school.address), corners(page, role)):
            findings += [f"{size[0]} {endpoint}: {one}" for one in problems(page)]
        findings += [f"{size[0]} console: {one}" for one in errors_of(page) if not MEANT.search(one)]
        page.context.close()
    assert not findings, f"{len(findings)} findings:\n" + "\n".join(findings[:40])


def problems(page: Page) -> list[str]:
    """What axe finds, and what sticks out sideways."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.evaluate(UNSTUCK)
    found = Axe().run(page, options=RULES).response["violations"]
    said = [f"{one['id']}: {_where(one)}" for one in found]
    if too_wide > 1:
        said.append(f"{too_wide} px sideways")
    return said


def _where(violation: dict) -> str:  # type: ignore[type-arg]
    nodes = [node["html"] for node in violation["nodes"][:2]]
    return re.sub(r"\s+", " ", " | ".join(nodes))[:240]
