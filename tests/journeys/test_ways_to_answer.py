"""Every kind of task answered on a phone by touch, and again by the keyboard alone; then what the teacher's paper shows."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, errors_of, person
from tests.living import School

FRACTIONS = "Дроби и числа: семь разных заданий"
FORMULAS = "Формулы сокращённого умножения: ответ — выражение"
PLAN = "План местности: что где находится"
PLANE = "Координатная плоскость: ставим точки"
NUMERALS = "Имя числительное: разряды и склонение"


def begin(page: Page, title: str) -> None:
    """Find the task in the library and begin it."""
    page.goto("/library?kind=assignment&q=" + title.split(":", maxsplit=1)[0])
    page.get_by_role("link", name=title).first.click()
    page.locator("form[action$='/attempts'] button").first.click()
    expect(page.locator("h1")).to_contain_text("Вопрос 1 из")


def form(page: Page, number: int) -> str:
    """Go to a question; the way to its form."""
    screen = f"section[data-screen-of='{number}']"
    page.locator(f"[data-step='{number}']").click()
    expect(page.locator(f"{screen} form")).to_be_visible()
    return f"{screen} form"


def saved(page: Page, where: str) -> None:
    expect(page.locator(f"{where} [data-saved]")).to_have_text("сохранено")


def drag(page: Page, what: str, onto: str) -> None:
    """With a finger: pressed, moved in steps, let go."""
    start, end = page.locator(what).bounding_box(), page.locator(onto).bounding_box()
    assert start and end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=6)
    page.mouse.up()


def chip(where: str, text: str) -> str:
    return f"{where} .task-chip:text-is('{text}')"


@pytest.mark.journey
def test_by_touch(shared_school: School, browser: Browser) -> None:
    page = person(browser, shared_school.address, "pupil", PHONE)
    begin(page, FRACTIONS)

    pairs = form(page, 1)
    for place, text in enumerate(("1/2", "1/4", "1/3")):
        page.locator(chip(pairs, text)).tap()
        page.locator(f"{pairs} [data-slot]").nth(place).tap()
    expect(page.locator(f"{pairs} select").nth(2).locator("option:checked")).to_have_text("1/3")
    saved(page, pairs)

    groups = form(page, 2)
    things = page.locator(f"{groups} [data-slot]")
    proper = {"3/7", "9/10", "1/8"}
    for place in range(things.count()):
        label = things.nth(place).locator("label").inner_text()
        group = "правильные" if label in proper else "неправильные"
        things.nth(place).evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
        drag(page, chip(groups, group), f"{groups} [data-slot] >> nth={place}")
    saved(page, groups)

    order = form(page, 3)
    for place, text in enumerate(("1/8", "3/8", "1/2", "7/8")):
        while page.locator(f"{order} .sort-line span").all_inner_texts().index(text) > place:
            page.get_by_role("button", name=f"Выше: {text}").tap()
    page.locator(f"{order} button[name=then]").tap()
    expect(page.locator("h1")).to_contain_text("Вопрос 4")

    gaps = form(page, 4)
    page.locator(f"{gaps} select").select_option(label="четвёртых")
    for place, text in enumerate(("числителем", "знаменателем", "6")):
        page.locator(f"{gaps} input[type=text]").nth(place).fill(text)
    page.locator(f"{gaps} button[name=then]").tap()
    expect(page.locator("h1")).to_contain_text("Вопрос 5")

    table = form(page, 5)
    for place, text in enumerate(("10", "1/5", "45")):
        page.locator(f"{table} input[type=text]").nth(place).fill(text)
    page.locator(f"{table} button[name=then]").tap()
    expect(page.locator("h1")).to_contain_text("Вопрос 6")

    words = form(page, 6)
    for text in ("3/4", "1/2"):
        page.locator(f"{words} .task-word", has_text=text).first.tap()
    saved(page, words)

    line = form(page, 7)
    for place, step in enumerate((3, 6)):
        slider = page.locator(f"{line} input[type=range]").nth(place)
        box = slider.bounding_box()
        assert box
        slider.tap(position={"x": 14 + (box["width"] - 28) * step / 8, "y": box["height"] / 2})
    saved(page, line)
    page.reload()
    assert page.locator("[data-done]").count() == 7
    page.locator("[data-step='7']").click()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it fits the phone"
    page.locator(f"{line} button[name=then]").tap()
    expect(page.get_by_text("Верно: 7 ответов из 7")).to_be_visible()
    assert errors_of(page) == []
    page.context.close()


class Keys:
    """A pupil without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page, self.press = page, page.keyboard.press

    def tab_to(self, where: str) -> None:
        for _try in range(60):
            self.press("Tab")
            if self.page.evaluate("where => document.activeElement.matches(where)", where):
                return
        raise AssertionError(f"the keyboard does not reach {where}")

    def choose(self, *texts: str) -> None:
        """In one drop-down after another."""
        for text in texts:
            self.tab_to("select")
            for _press in range(6):
                if self.page.evaluate("() => document.activeElement.selectedOptions[0].text") == text:
                    break
                self.press("ArrowDown")

    def write(self, *texts: str) -> None:
        """In one field after another; Enter in the last gives the answer."""
        for text in texts:
            self.tab_to("input[type=text]")
            self.page.keyboard.type(text)

    def give(self, number: int) -> None:
        """The answer; the question of this number follows."""
        self.tab_to("button[name=then]")
        self.press("Enter")
        self.expect(number)

    def expect(self, number: int) -> None:
        expect(self.page.locator("h1")).to_contain_text(f"Вопрос {number} ")

    def sort(self, *texts: str) -> None:
        for place, text in enumerate(texts):
            lines = self.page.locator("section:not([hidden]) .sort-line span").all_inner_texts()
            moves = lines.index(text) - place
            if moves:
                self.page.evaluate("() => document.activeElement.blur()")
                self.tab_to(f"[aria-label='Выше: {text}']")
            for _step in range(moves):
                self.press("Enter")


@pytest.mark.journey
def test_by_the_keyboard_alone(shared_school: School, browser: Browser) -> None:
    page = person(browser, shared_school.address, "pupil")
    begin(page, FRACTIONS)
    keys = Keys(page)
    keys.choose("1/2", "1/4", "1/3")
    keys.give(2)
    labels = page.locator("section:not([hidden]) [data-slot] label").all_inner_texts()
    keys.choose(*("правильные" if text in {"3/7", "9/10", "1/8"} else "неправильные" for text in labels))
    keys.give(3)
    keys.sort("1/8", "3/8", "1/2", "7/8")
    keys.give(4)
    keys.choose("четвёртых")
    keys.write("числителем", "знаменателем", "6")
    keys.press("Enter")
    keys.expect(5)
    keys.write("10", "1/5", "45")
    keys.press("Enter")
    keys.expect(6)
    for value in ("0", "2"):
        keys.tab_to(f"input[value='{value}']")
        keys.press("Space")
    keys.give(7)
    for steps in (3, 6):
        keys.tab_to("input[type=range]")
        for _step in range(steps):
            keys.press("ArrowRight")
    keys.tab_to("button[name=then]")
    keys.press("Enter")
    expect(page.get_by_text("Верно: 7 ответов из 7")).to_be_visible()
    assert errors_of(page) == []
    page.context.close()


@pytest.mark.journey
def test_a_formula_by_touch_and_by_keys(shared_school: School, browser: Browser) -> None:
    page = person(browser, shared_school.address, "pupil", PHONE)
    begin(page, FORMULAS)
    here = form(page, 1)
    for text in ("4", "x²", "− 12x + 9"):
        if text == "x²":
            page.locator(f"{here} [data-put=x]").tap()
            page.locator(f"{here} [data-put='^2']").tap()
        else:
            page.locator(f"{here} input[type=text]").press_sequentially(text)
    expect(page.locator(f"{here} [data-read] msup")).to_have_count(1)
    saved(page, here)
    here = form(page, 2)
    page.locator(f"{here} input[type=text]").fill("9a^2 - b^2")
    saved(page, here)
    here = form(page, 3)
    page.locator(f"{here} input[type=text]").fill("2*(x")
    page.keyboard.press("Enter")
    expect(page.locator(f"{here} [data-why]")).to_contain_text("не читается")
    page.locator(f"{here} input[type=text]").fill(r"\frac{8}{2}")
    saved(page, here)
    page.locator(".step-end").tap()
    page.locator("form[data-finish] button").tap()
    expect(page.get_by_text("Верно: 2 ответа из 5")).to_be_visible()
    expect(page.locator(".result").nth(1)).to_contain_text("записано не в том виде")
    assert page.locator(".result").nth(1).locator("math").count() == 2
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


@pytest.mark.journey
def test_places_of_a_picture_by_touch_and_by_keys(shared_school: School, browser: Browser) -> None:
    page = person(browser, shared_school.address, "pupil", PHONE)
    begin(page, PLAN)
    here = form(page, 1)
    page.locator(f"{here} g[data-area='3']").tap()
    page.locator(f"{here} g[data-area='4']").tap()
    expect(page.locator(f"{here} input[value='3']")).to_be_checked()
    saved(page, here)
    here = form(page, 2)
    page.locator(chip(here, "лес")).tap()
    page.locator(f"{here} g[data-area='1']").tap()
    expect(page.locator(f"{here} select").first.locator("option:checked")).to_have_text("лес")
    page.locator(f"{here} select").nth(1).select_option(label="деревня")
    page.locator(f"{here} select").nth(2).select_option(label="мост")
    saved(page, here)
    keys = Keys(page)
    form(page, 3)
    for value in ("1", "2"):
        keys.tab_to(f"section:not([hidden]) input[value='{value}']")
        keys.press("Space")
    keys.give(4)
    keys.sort("север", "северо-восток", "восток", "юг", "запад")
    keys.tab_to("section:not([hidden]) button[name=then]")
    keys.press("Enter")
    expect(page.get_by_text("Верно: 4 ответа из 4")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert errors_of(page) == []
    page.context.close()


@pytest.mark.journey
def test_points_of_a_plane_by_touch_and_by_keys(shared_school: School, browser: Browser) -> None:
    page = person(browser, shared_school.address, "pupil", PHONE)
    begin(page, PLANE)

    def tap(here: str, x: int, y: int, *, across: tuple[int, int], up: tuple[int, int]) -> None:
        picture = page.locator(f"{here} svg.plane")
        box = picture.bounding_box()
        assert box
        unit = box["width"] / ((across[1] - across[0]) * 20 + 28)
        picture.tap(position={"x": unit * ((x - across[0]) * 20 + 14), "y": unit * ((up[1] - y) * 20 + 14)})

    here = form(page, 1)
    tap(here, -3, 2, across=(-5, 5), up=(-4, 4))
    tap(here, 4, -1, across=(-5, 5), up=(-4, 4))
    expect(page.locator(f"{here} input[name=answer]").nth(2)).to_have_value("4")
    saved(page, here)
    keys = Keys(page)
    form(page, 2)
    for number in ("4", "1", "1", "3"):
        keys.write(number)
    keys.give(3)
    here = form(page, 3)
    tap(here, 0, 2, across=(-5, 5), up=(-5, 5))
    tap(here, -3, -1, across=(-5, 5), up=(-5, 5))
    expect(page.locator(f"{here} .plane-drawn")).to_have_count(1)
    saved(page, here)
    form(page, 4)
    keys.write("-3", "−2")
    keys.press("Enter")
    expect(page.get_by_text("Верно: 4 ответа из 4")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert errors_of(page) == []
    page.context.close()


@pytest.mark.journey
def test_without_a_script_and_half_right(shared_school: School, browser: Browser) -> None:
    page = person(browser, shared_school.address, "pupil", PHONE, script=False)
    begin(page, NUMERALS)
    here = "section:not([hidden])"

    def give(following: str) -> None:
        page.locator(f"{here} button[name=then]").tap()
        expect(page.locator("h1")).to_contain_text(following)

    page.locator(f"{here} .task-word", has_text="втором").tap()
    give("Вопрос 2")
    for place in range(6):
        page.locator(f"{here} select").nth(place).select_option(label="порядковые")
    give("Вопрос 3")
    page.locator(f"{here} select").first.select_option(label="пятидесяти")
    give("Вопрос 4")
    page.locator(f"{here} select").first.select_option(label="сорока")
    give("Вопрос 5")
    for place, text in enumerate(("Записать число словами", "Изменить по падежам только его", "Найти последнее слово")):
        page.locator(f"{here} select").nth(place).select_option(label=text)
    give("Вопрос 6")
    page.locator(".step-end").tap()
    page.locator("form[data-finish] button").tap()
    expect(page.locator(".result-parts")).to_have_count(4)
    expect(page.locator(".result").nth(4)).to_contain_text("0,67 из 2")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
