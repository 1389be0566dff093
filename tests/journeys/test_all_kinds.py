"""One task of every kind on a phone by touch, and again by the keyboard alone; axe looks at each. A kind that needs hands, a
camera or a voice is answered in words by the keyboard: its twin.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from school.tasks.kinds import BY_HAND, KINDS
from tests.browser import PHONE, errors_of, person
from tests.journeys.test_ways_to_answer import Keys, begin, chip, form
from tests.living import School

FIRST = "Виды заданий, часть 1: выбор, слова, порядок"
SECOND = "Виды заданий, часть 2: рисунки, графики, свой ответ"
HERE = "section:not([hidden])"
PATIENCE = 20_000
"""Milliseconds: the machine does other things too."""


def fill(where: str, *values: str) -> Callable[[Page, str], None]:
    """Fields of one line, one after another."""

    def act(page: Page, here: str) -> None:
        for place, value in enumerate(values):
            page.locator(f"{here} {where}").nth(place).fill(value)

    return act


def tap(*what: str) -> Callable[[Page, str], None]:
    def act(page: Page, here: str) -> None:
        for one in what:
            page.locator(f"{here} {one}").first.tap()

    return act


def chips(*pairs: tuple[str, str]) -> Callable[[Page, str], None]:
    """A chip is tapped, then the place whose label says so."""

    def act(page: Page, here: str) -> None:
        for label, text in pairs:
            page.locator(chip(here, text)).tap()
            page.locator(f"{here} [data-slot]", has_text=label).first.tap()

    return act


def sort(page: Page, here: str) -> None:
    for place, text in enumerate(("5", "15", "50")):
        while page.locator(f"{here} .sort-line span").all_inner_texts().index(text) > place:
            page.get_by_role("button", name=f"Выше: {text}", exact=True).tap()
    wide = "line => line.querySelector('span').offsetWidth / line.offsetWidth"
    line = page.locator(f"{here} .sort-line").first
    line.locator("span").evaluate(
        "text => (text.dataset.short = text.textContent, text.textContent = 'сначала '.repeat(12))"
    )
    assert line.evaluate(wide) > 0.7, "a long line takes the width of a phone, and its buttons a row of their own"
    line.locator("span").evaluate("text => (text.textContent = text.dataset.short)")
    page.locator(f"{here} button[name=then]").tap()


def slide(page: Page, here: str) -> None:
    slider = page.locator(f"{here} input[type=range]")
    box = slider.bounding_box()
    assert box
    slider.tap(position={"x": 14 + (box["width"] - 28) * 3 / 5, "y": box["height"] / 2})


def name_regions(page: Page, here: str) -> None:
    for area, text in (("1", "запад"), ("2", "восток")):
        page.locator(chip(here, text)).tap()
        page.locator(f"{here} g[data-area='{area}']").tap()


def set_points(*points: tuple[int, int]) -> Callable[[Page, str], None]:
    def act(page: Page, here: str) -> None:
        plane = page.locator(f"{here} svg.plane")
        plane.scroll_into_view_if_needed()
        box = plane.bounding_box()
        assert box
        unit = box["width"] / (6 * 20 + 28)
        for x, y in points:
            plane.tap(position={"x": unit * ((x + 3) * 20 + 14), "y": unit * ((3 - y) * 20 + 14)})

    return act


def photograph(page: Page, here: str) -> None:
    """Two pages; the first is turned and cropped by its left edge."""
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "white").save(file, "PNG")
    page.locator(f"{here} input[type=file]").set_input_files(
        [{"name": f"{n}.png", "mimeType": "image/png", "buffer": file.getvalue()} for n in (1, 2)]
    )
    pages = page.locator(f"{here} .page-photo")
    expect(pages).to_have_count(2)
    pages.first.get_by_role("button", name="Повернуть вправо").tap()
    pages.first.get_by_role("button", name="Обрезать").tap()
    edge = page.get_by_role("slider", name="левый край")
    expect(edge).to_be_focused()
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    expect(edge).to_have_attribute("aria-valuenow", "10")
    page.get_by_role("button", name="Оставить эту часть").tap()
    expect(page.locator(f"{here} [data-files]")).to_have_value(text_of_two_names(), timeout=PATIENCE)


def text_of_two_names() -> re.Pattern[str]:
    return re.compile("^[0-9a-f-]{36} [0-9a-f-]{36}$")


def record(page: Page, here: str) -> None:
    page.locator(f"{here} [data-record]").tap()
    expect(page.locator(f"{here} [data-voice-status]")).to_contain_text("0:01", timeout=PATIENCE)
    page.locator(f"{here} [data-record]").tap()
    expect(page.locator(f"{here} [data-voice-status]")).to_have_text("Запись сохранена.", timeout=PATIENCE)


def draw(page: Page, here: str) -> None:
    """Three strokes, one of them taken back and drawn again."""
    sheet = page.locator(f"{here} svg.drawing")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    corners = [(0.2, 0.8), (0.5, 0.2), (0.8, 0.8), (0.2, 0.8)]
    for start, end in pairwise(corners):
        page.mouse.move(box["x"] + box["width"] * start[0], box["y"] + box["height"] * start[1])
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1], steps=4)
        page.mouse.up()
    expect(page.locator(f"{here} svg.drawing polyline")).to_have_count(3)
    page.locator(f"{here} [data-undo]").tap()
    expect(page.locator(f"{here} svg.drawing polyline")).to_have_count(2)
    page.locator(f"{here} [data-redo]").tap()
    expect(page.locator(f"{here} svg.drawing polyline")).to_have_count(3)


def sum_of(page: Page) -> str:
    """The answer to the question with numbers of one's own."""
    asked = page.locator(f"{HERE} form .task-prompt").first.inner_text()
    return str(sum(int(one) for one in re.findall(r"\d+", asked)))


def count_up(page: Page, here: str) -> None:
    page.locator(f"{here} input[type=text]").fill(sum_of(page))


def in_parts(page: Page, here: str) -> None:
    page.locator(f"{here} input[type=text]").fill("5")
    page.locator(f"{here} label", has_text="у Бори").tap()


TOUCH: dict[str, Callable[[Page, str], None]] = {
    "single": tap("label:has-text('8')"),
    "multiple": tap("label:has-text('9')", "label:has-text('12')"),
    "number": fill("input[type=text]", "42"),
    "text": fill("input[type=text]", "сумма"),
    "formula": tap("[data-put=x]"),
    "matching": chips(("2 + 2", "4"), ("3 + 3", "6")),
    "grouping": chips(("2", "чётные"), ("3", "нечётные")),
    "ordering": sort,
    "cloze": fill("input[type=text]", "60"),
    "table": fill("input[type=text]", "10"),
    "highlight": tap(".task-word:has-text('пять')", ".task-word:has-text('три')"),
    "number_line": slide,
    "hotspot": tap("g[data-area='2']"),
    "labels": name_regions,
    "plane": set_points((2, 1)),
    "graph": set_points((-1, -1), (1, 1)),
    "varied": count_up,
    "multipart": in_parts,
    "essay": fill("textarea", "Это сумма длин всех сторон."),
    "notebook": photograph,
    "spoken": record,
    "drawing": draw,
}


def write(*texts: str) -> Callable[[Keys], None]:
    return lambda keys: keys.write(*texts)


def choose(*texts: str) -> Callable[[Keys], None]:
    return lambda keys: keys.choose(*texts)


def press(*where: str) -> Callable[[Keys], None]:
    """Space on each of these."""

    def act(keys: Keys) -> None:
        for one in where:
            keys.tab_to(one)
            keys.press("Space")

    return act


def choose_groups(keys: Keys) -> None:
    labels = keys.page.locator(f"{HERE} [data-slot] label").all_inner_texts()
    keys.choose(*("чётные" if label == "2" else "нечётные" for label in labels))


def steps_right(keys: Keys) -> None:
    keys.tab_to("input[type=range]")
    for _step in range(3):
        keys.press("ArrowRight")


def radio(text: str) -> Callable[[Keys], None]:
    """The arrows of a group of radio buttons."""

    def act(keys: Keys) -> None:
        keys.tab_to("input[type=radio]")
        keys.press("Space")
        for _press in range(4):
            if text in keys.page.evaluate("() => document.activeElement.closest('label').textContent"):
                return
            keys.press("ArrowDown")

    return act


def parts_by_keys(keys: Keys) -> None:
    keys.write("5")
    radio("у Бори")(keys)


def in_words(text: str) -> Callable[[Keys], None]:
    def act(keys: Keys) -> None:
        keys.tab_to("textarea")
        keys.page.keyboard.type(text)

    return act


KEYS: dict[str, Callable[[Keys], None]] = {
    "single": radio("8"),
    "multiple": lambda keys: tick(keys, "9", "12"),
    "number": write("42"),
    "text": write("сумма"),
    "formula": write("2x + 6"),
    "matching": choose("4", "6"),
    "grouping": choose_groups,
    "ordering": lambda keys: keys.sort("5", "15", "50"),
    "cloze": write("60"),
    "table": write("10"),
    "highlight": press("input[value='0']", "input[value='1']"),
    "number_line": steps_right,
    "hotspot": radio("2"),
    "labels": choose("запад", "восток"),
    "plane": write("2", "1"),
    "graph": write("-1", "-1", "1", "1"),
    "varied": lambda keys: keys.write(sum_of(keys.page)),
    "multipart": parts_by_keys,
    "essay": in_words("Сумма длин сторон"),
    "notebook": in_words("Четыре прямых угла"),
    "spoken": in_words("Пять, десять, пятнадцать"),
    "drawing": in_words("Три отрезка, соединённые концами"),
}


def tick(keys: Keys, *texts: str) -> None:
    """Of tick boxes those with these words, in whatever order they stand."""
    labels = keys.page.locator(f"{HERE} .task-option").all_inner_texts()
    for text in labels:
        keys.tab_to("input[type=checkbox]")
        if text.strip() in texts:
            keys.press("Space")


@dataclass(frozen=True)
class Part:
    """A unit of the demo library and the kinds of its questions, in their order."""

    title: str
    kinds: tuple[str, ...]


PARTS = (
    Part(FIRST, tuple(TOUCH)[:11]),
    Part(
        SECOND,
        (
            *("number_line", "hotspot", "labels", "plane", "graph", "varied", "multipart"),
            *("essay", "notebook", "spoken", "drawing"),
        ),
    ),
)


def test_no_kind_is_forgotten() -> None:
    assert set(TOUCH) == set(KEYS) == set(KINDS) == {kind for part in PARTS for kind in part.kinds}


def faults(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page, "main").response["violations"]]
    if not page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"):
        found.append("it sticks out sideways")
    return found


@pytest.mark.journey
@pytest.mark.parametrize("part", PARTS, ids=("words", "pictures"))
def test_by_touch(shared_school: School, browser: Browser, part: Part) -> None:
    page = person(browser, shared_school.address, "pupil", PHONE)
    page.set_default_timeout(PATIENCE)
    begin(page, part.title)
    for number, kind in enumerate(part.kinds, 1):
        here = form(page, number)
        assert faults(page) == [], kind
        TOUCH[kind](page, here)
        if kind == "formula":
            page.locator(f"{here} input[type=text]").fill("2x+6")
        expect(page.locator(f"{here} [data-saved]")).to_have_text("сохранено", timeout=PATIENCE)
        assert faults(page) == [], f"{kind}, answered"
    page.reload()
    assert page.locator("[data-done]").count() == len(part.kinds)
    page.locator(".step-end").tap()
    page.locator("form[data-finish] button").tap()
    judged(page, part)
    page.context.close()


@pytest.mark.journey
@pytest.mark.parametrize("part", PARTS, ids=("words", "pictures"))
def test_by_the_keyboard_alone(shared_school: School, browser: Browser, part: Part) -> None:
    page = person(browser, shared_school.address, "pupil")
    page.set_default_timeout(PATIENCE)
    begin(page, part.title)
    keys = Keys(page)
    for number, kind in enumerate(part.kinds, 1):
        expect(page.locator("h1")).to_contain_text(f"Вопрос {number} ", timeout=PATIENCE)
        KEYS[kind](keys)
        keys.tab_to(f"{HERE} button[name=then]")
        keys.press("Enter")
    judged(page, part)
    page.context.close()


def judged(page: Page, part: Part) -> None:
    """All that a machine judges is right; the rest is own practice, to compare with what a good answer holds."""
    by_hand = sum(kind in BY_HAND for kind in part.kinds)
    expect(page.get_by_text(f"Верно: {len(part.kinds) - by_hand} ")).to_be_visible(timeout=PATIENCE)
    assert page.locator(".result .pill", has_text="сверьте сами").count() == by_hand
    assert faults(page) == []
    assert errors_of(page) == []
