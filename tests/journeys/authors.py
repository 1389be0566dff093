"""What authors and methodologists do in the library, by its pages."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.facts import rows
from tests.living import School


def course_of(school: School, teacher: str, pupil: str) -> tuple[int, int, str]:
    """Subject, year level and group of a course in which one teaches the other; both by their logins."""
    [found, *_] = rows(
        school,
        """SELECT course.subject_id, study_group.year_level, study_group.name
            FROM account AS a JOIN member AS t ON t.account_id = a.id
            JOIN teaching_post ON teaching_post.school_id = t.school_id AND teaching_post.teacher_id = t.id
            JOIN course ON course.school_id = t.school_id AND course.id = teaching_post.course_id
            JOIN study_group ON study_group.school_id = t.school_id AND study_group.id = course.group_id
            JOIN enrolment ON enrolment.school_id = t.school_id AND enrolment.group_id = course.group_id
            JOIN member AS p ON p.school_id = t.school_id AND p.id = enrolment.pupil_id
            JOIN account AS b ON b.id = p.account_id
            WHERE a.login = :teacher AND b.login = :pupil""",
        teacher=teacher,
        pupil=pupil,
    )
    return int(found[0]), int(found[1]), str(found[2])


def begin_unit(page: Page, kind: str, title: str, *, subject: int, year: int, body: str = "") -> str:
    """A unit with its place in the library and its text; the address of its draft."""
    page.goto("/library/new")
    page.locator(f"[name=kind][value={kind}]").check()
    page.locator("#title").fill(title)
    page.locator("#subject").select_option(str(subject))
    for name in ("#year_from", "#year_to"):
        page.locator(name).select_option(str(year))
    page.get_by_role("button", name="Начать").click()
    page.wait_for_url("**/edit")
    page.locator("#summary").fill(f"{title}: о чём это и зачем.")
    page.locator("#minutes").fill("10")
    page.locator("#body").fill(body)
    page.locator("#topics-place input").first.check()
    save(page)
    return page.url.partition("/edit")[0]


def save(page: Page) -> None:
    """Save the page of the draft."""
    page.get_by_role("button", name="Сохранить", exact=True).last.scroll_into_view_if_needed()
    page.locator("#draft").get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_text("Сохранено.")).to_be_visible()


def choose(page: Page, path: Path, purpose: str = "video") -> None:
    """Send a file into the draft."""
    form = page.locator("form[data-upload]")
    form.locator("[name=purpose]").select_option(purpose)
    form.locator("[name=file]").set_input_files(path)
    form.get_by_role("button", name="Отправить").click()


def hand_in(page: Page, unit: str) -> None:
    """The author looks at the draft and sends it for review."""
    page.goto(f"{unit}/draft")
    page.get_by_role("button", name="Отправить на проверку").first.click()
    expect(page.get_by_text("Отправлено. Методист прочитает")).to_be_visible()


def publish(page: Page, unit: str, title: str) -> None:
    """The methodologist finds it on the desk, reads it and publishes it."""
    page.goto("/library/review")
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**/draft")
    assert unit in page.url
    page.get_by_role("button", name="Опубликовать").click()
    page.wait_for_url(lambda url: "/draft" not in url)
