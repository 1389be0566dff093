"""What no link leads to, or links lead to only once of several sorts: error pages, a unit of each kind, homework of each way, forms with slips, a file brought."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from content_library.models import UnitKind
from tests.browser import person

KINDS = tuple(UnitKind)
ROSTER = """login,last name,first name,class,email
newcomer1,Константинопольская-Римская,Анастасия,7 «Б»,
newcomer2,Ли,Ян,7 «Б»,
newcomer2,,,7 «Б»,
"""


def corners(page: Page, role: str) -> Iterator[str]:
    """Open them one after another; yields a name for each while it is open."""
    for walk in (_errors, _units, *OF_ROLE.get(role, ())):
        yield from walk(page)


def strangers(page: Page) -> Iterator[str]:
    """What somebody sees who has not signed in."""
    _open(page, "/sign-in")
    yield "people.sign_in"
    page.fill("input[name=login]", "pupil")
    page.fill("input[name=password]", "not this one")
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    yield "people.sign_in-slip"
    _open(page, "/join")
    yield "people.join"
    _open(page, "/nothing-here", status=404)
    yield "error.404"


def _errors(page: Page) -> Iterator[str]:
    _open(page, "/nothing-here", status=404)
    yield "error.404"
    _open(page, "/library?q=щщщщщ")
    yield "library.shelves-nothing"
    _open(page, "/library?q=треугольник")
    yield "library.shelves-found"


def _units(page: Page) -> Iterator[str]:
    for kind in KINDS:
        _open(page, f"/library?kind={kind.value}")
        link = page.locator(".hit-title a").first
        if link.count():
            _open(page, link.get_attribute("href"))
            yield f"library.unit-{kind.value}"
            shown = page.locator("a[href*='/show']").first
            if kind == UnitKind.PRESENTATION and shown.count():
                _open(page, shown.get_attribute("href"))
                yield "library.show"


PHOTOGRAPHED = "Чертёж к задаче: снять страницу тетради"


def _photos_are_asked_for(page: Page) -> None:
    """The demo has no homework to photograph: the teacher sets one to the pupil's class."""
    browser = page.context.browser
    assert browser is not None
    teacher = person(browser, page.evaluate("location.origin"), "teacher")
    _open(teacher, "/s/1/timetable")
    lesson = teacher.locator(".week-lesson", has_text="7 «Б»").first.locator(".week-subject")
    _open(teacher, f"{lesson.get_attribute('href')}/homework/new")
    teacher.fill("#text", PHOTOGRAPHED)
    teacher.locator("[name=way][value=photo]").check()
    teacher.locator("main form button.button-primary").click()
    teacher.wait_for_url("**/homework")
    teacher.context.close()


def _homework_of_pupil(page: Page) -> Iterator[str]:
    """A piece of homework of each way, the task begun, its end and its results."""
    _open(page, "/s/1/homework")
    if not page.get_by_text(PHOTOGRAPHED).count():
        _photos_are_asked_for(page)
        _open(page, "/s/1/homework")
    found: set[str] = set()
    for address in _links(page, ".row-title"):
        _open(page, address)
        way = _way(page)
        if way in found:
            continue
        found.add(way)
        yield f"homework.work-{way}"
        results = page.locator("a[href*='/attempts/']").first
        if results.count():
            _open(page, results.get_attribute("href"))
            yield "tasks.attempt-results"
        elif way == "task":
            page.locator("form[action$='/task'] button").click()
            page.wait_for_url("**/attempts/**")
            yield "tasks.attempt"
            _open(page, urlsplit(page.url).path + "?item=end")
            yield "tasks.attempt-end"


def _way(page: Page) -> str:
    for way, mark in (
        ("result", "a[href*='/attempts/']"),
        ("photo", "input[name=photos]"),
        ("task", "form[action$='/task']"),
        ("text", "textarea[name=text]"),
    ):
        if page.locator(mark).count():
            return way
    return "handed" if page.locator(".section").count() else "tick"


def _homework_of_teacher(page: Page) -> Iterator[str]:
    """The form as it comes back with a slip, and with a unit chosen; a review of photos and of a task."""
    _open(page, "/s/1/timetable")
    for lesson in _links(page, "[href*='/lessons/']"):
        _open(page, f"{lesson}/homework/new")
        if page.locator("button[name=pick]").count():
            break
    page.locator("button[name=pick]").first.click()
    page.locator(".unit-chosen").wait_for()
    yield "homework.set-chosen"
    _open(page, f"{lesson}/homework/new")
    page.locator("main form button.button-primary").click()
    page.locator(".error-summary").wait_for()
    yield "homework.set-slip"
    _open(page, "/s/1/to-review")
    sorts = {"photo": ".pages-large", "task": ".proposal"}
    for address in _links(page, ".row-title")[:12]:
        if not sorts:
            break
        _open(page, address)
        for sort in [one for one, mark in sorts.items() if page.locator(mark).count()]:
            sorts.pop(sort)
            yield f"homework.review-{sort}"


def _drafts(page: Page) -> Iterator[str]:
    """A draft of each kind, just begun."""
    for kind in KINDS:
        _open(page, "/library/new")
        page.locator(f"[name=kind][value={kind.value}]").check()
        page.fill("#title", "Площадь прямоугольника")
        page.select_option("#subject", index=1)
        page.locator("main form button.button-primary").click()
        page.wait_for_url("**/edit")
        yield f"library.edit-{kind.value}"


def _brought(page: Page) -> Iterator[str]:
    """What a file would change, with a row that can't be read."""
    _open(page, "/s/1/roster")
    page.set_input_files(
        "input[type=file]", {"name": "Список 7 «Б».csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    )
    page.locator("main form button.button-primary").click()
    page.wait_for_url("**/files/**")
    yield "roster.look"


def _open(page: Page, address: str | None, *, status: int = 200) -> None:
    answer = page.goto(str(address))
    assert answer is not None
    assert answer.status == status, f"{address} answers {answer.status}"


def _links(page: Page, selector: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(f"main a{selector}", "all => all.map(one => one.href)")
    return found


OF_ROLE: dict[str, tuple[Callable[[Page], Iterator[str]], ...]] = {
    "pupil": (_homework_of_pupil,),
    "teacher": (_homework_of_teacher, _drafts),
    "methodologist": (_drafts,),
    "admin": (_brought,),
}
