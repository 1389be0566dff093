"""Reports of a whole school as one file: ordered, opened when it says of itself that it is ready, and its figures recounted by plain SQL."""

import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import errors_of, person
from tests.journeys.facts import rows
from tests.living import School


@pytest.mark.journey
def test_summary_sheets_of_a_school_are_ordered_and_recounted(school: School, browser: Browser, tmp_path: Path) -> None:
    page = person(browser, school.address, "deputy")
    page.goto("/s/1/reports")
    page.get_by_label("Что").select_option("summaries")
    period = page.get_by_label("Период")
    period.select_option(period.locator("option", has_text="1-я четверть").first.get_attribute("value"))
    page.get_by_role("button", name="Заказать файл").click()
    page.wait_for_url("**/orders/**")
    expect(page.get_by_text("Файл готов")).to_be_visible(timeout=180_000)  # by itself: the page asks every two seconds
    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать").click()
    kept = tmp_path / "reports.zip"
    download.value.save_as(kept)
    assert counts_of(kept) == counted(school)
    assert errors_of(page) == []
    page.context.close()


def counts_of(archive: Path) -> list[tuple[int, ...]]:
    """How many fives, fours, threes and twos each sheet has at its foot; its table stands beside it."""
    with zipfile.ZipFile(archive) as opened:
        papers = [name for name in opened.namelist() if name.endswith(".pdf")]
        assert {Path(name).stem for name in papers} == {Path(name).stem for name in opened.namelist()}
        assert len(opened.namelist()) == 2 * len(papers)
        return sorted(counts_on(opened.read(name)) for name in papers)


def counts_on(sheet: bytes) -> tuple[int, ...]:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sheet)]
    return tuple(int(re.findall(rf"^«{sign}» .*?(\d+)\s*$", "\n".join(pages), re.MULTILINE)[-1]) for sign in "5432")


RECOUNT = """
    SELECT g.id, m.value, count(*) FROM term_mark m
    JOIN term t ON t.school_id = m.school_id AND t.id = m.term_id
    JOIN enrolment e ON e.school_id = m.school_id AND e.pupil_id = m.pupil_id AND e.to_on IS NULL
    JOIN study_group g ON g.school_id = e.school_id AND g.id = e.group_id AND g.kind = 'class'
    WHERE m.school_id = 1 AND t.name = '1-я четверть' AND m.value IS NOT NULL
        AND t.starts_on = (SELECT max(starts_on) FROM term WHERE school_id = 1 AND name = '1-я четверть') GROUP BY g.id, m.value"""


def counted(school: School) -> list[tuple[int, ...]]:
    """The same by plain SQL that knows nothing of the reports."""
    found: dict[object, Counter[int]] = defaultdict(Counter)
    for group, value, n in rows(school, RECOUNT):
        found[group][value] = n
    return sorted(tuple(one[value] for value in (5, 4, 3, 2)) for one in found.values())
