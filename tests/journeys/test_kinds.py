"""A unit of each kind: the author makes it, the methodologist publishes it, the teacher sets it, the pupil opens it on a phone."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from school.demo.media import PACKAGES
from school.demo.models import build
from tests.browser import PHONE, errors_of, person
from tests.content_library.making import film, pdf
from tests.journeys.authors import begin_unit, choose, course_of, hand_in, publish, save
from tests.journeys.packing import h5p, put_in, scorm_2004
from tests.living import School


@dataclass
class People:
    """Those of one school, each in a browser of their own."""

    school: School
    teacher: Page
    methodologist: Page
    pupil: Page


@pytest.fixture(scope="module")
def people(shared_school: School, browser: Browser) -> Iterator[People]:
    address = shared_school.address
    one = People(
        shared_school,
        person(browser, address, "teacher"),
        person(browser, address, "methodologist"),
        person(browser, address, "pupil", PHONE),
    )
    yield one
    for page in (one.teacher, one.methodologist, one.pupil):
        page.context.close()


def write_question(page: Page, unit: str, _folder: Path) -> None:
    """A question with one right answer of two."""
    page.goto(f"{unit}/edit")
    page.get_by_role("link", name="Один верный ответ").click()
    page.locator("#prompt").fill("Сколько будет 2 + 2?")
    page.locator("#option_1").fill("4")
    page.locator("#option_2").fill("5")
    page.locator("#right-1").check()
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("#questions")).to_contain_text("Сколько будет 2 + 2?")


def send_film(page: Page, unit: str, folder: Path) -> None:
    """A film of two seconds through the page, made ready by the worker."""
    page.goto(f"{unit}/edit")
    choose(page, film(folder / "Опыт.mp4", "-preset", "ultrafast"))
    expect(page.get_by_text("Видео: готово")).to_be_visible(timeout=40_000)
    lacking = page.locator("#readiness").get_by_text("У видео нет субтитров")
    expect(lacking).to_be_visible()
    page.locator("#silent").fill("Опыт снят без слов.")
    save(page)
    expect(lacking).to_be_hidden()


def say_stages(page: Page, unit: str, _folder: Path) -> None:
    """The usual stages of a lesson are there; the third gets its words."""
    page.goto(f"{unit}/edit")
    stage = page.locator(".stage-fields").nth(2)
    stage.locator("textarea").nth(0).fill("Показывает опыт")
    stage.locator("textarea").nth(2).fill("Делают вывод")
    page.locator("#draft").get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_text("Сохранено.")).to_be_visible()


def nothing_more(_page: Page, _unit: str, _folder: Path) -> None:
    """The text is all of it."""


def reads(words: str) -> Callable[[Page], None]:
    """The pupil reads these words in the unit."""

    def look(page: Page) -> None:
        page.locator(".unit-line a").tap()
        expect(page.locator("article")).to_contain_text(words)

    return look


def answers(page: Page) -> None:
    """The pupil begins, answers and hands in."""
    page.get_by_role("button", name="Начать").tap()
    page.wait_for_url("**/attempts/**")
    page.locator("section[data-screen-of]:not([hidden])").get_by_text("4", exact=True).tap()
    page.get_by_role("button", name=re.compile("Ответить и сдать")).tap()
    expect(page.get_by_text("Верно: 1")).to_be_visible()


def sees_the_film(page: Page) -> None:
    page.locator(".unit-line a").tap()
    page.locator("video").evaluate("(video) => { video.muted = true; video.play().catch(() => {}); }")
    page.wait_for_function("() => document.querySelector('video').videoHeight > 0")


BOOK = (
    f"[стр. 44]\n\n## Рычаг\n\nПлечо силы.\n\n## Блок\n\n{'Блок висит на опоре. ' * 120}\n\n"
    "[стр. 45]\n\n## Ворот\n\nВорот поднимает ведро."
)


def keeps_a_place(page: Page) -> None:
    """The pupil opens a page of the paper book, turns pages and leaves a bookmark."""
    page.locator(".unit-line a").tap()
    page.get_by_label("Страница бумажной книги").fill("45")
    page.get_by_role("button", name="Открыть страницу").tap()
    expect(page.locator("#page-45:target")).to_be_in_viewport()
    here, there = page.get_by_text("Ворот поднимает ведро."), page.get_by_text("Плечо силы.")
    expect(there).to_be_hidden()
    expect(page.get_by_text("стр. 45 · 2 из 2")).to_be_visible()
    page.locator("[data-leaves]").get_by_role("button", name="Назад").tap()
    expect(there).to_be_in_viewport()
    expect(here).to_be_hidden()
    page.get_by_role("button", name="Весь текст").tap()
    expect(here).to_be_visible()
    page.get_by_role("button", name="Весь текст").tap()
    page.locator("#contents").get_by_role("link", name="Ворот").tap()
    expect(here).to_be_in_viewport()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Закладка: Ворот").tap()
    expect(page.locator(".contents-marked a")).to_have_text("Ворот")


def put_in_package(page: Page, unit: str, folder: Path) -> None:
    """Our own package, packed as other programs pack theirs."""
    file = folder / "Рычаг.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for part in sorted((PACKAGES / "lever-balance").iterdir()):
            archive.write(part, part.name)
    put_in(page, unit, file)


def practises(page: Page) -> None:
    """The pupil balances the first lever."""
    page.locator(".unit-line a").tap()
    page.get_by_role("button", name="Открыть").tap()
    package = page.frame_locator(".package-frame").frame_locator("iframe")
    package.locator("#arm").fill("20")
    package.get_by_role("button", name="Проверить").tap()
    expect(package.locator("#said")).to_contain_text("Равновесие")
    expect(page.get_by_text("Сохранено.")).to_be_visible()


def counts(page: Page) -> None:
    """The pupil counts to three in an H5P package, which then reports its points."""
    page.locator(".unit-line a").tap()
    page.get_by_role("button", name="Открыть").tap()
    package = page.frame_locator(".package-frame")
    expect(package.locator("#said")).to_have_text("Сосчитано: 0")
    for _press in range(3):
        package.locator("#more").tap()
    expect(page.locator("[data-result]")).to_have_text("50 %, пройдено до конца")


def begins_the_course(page: Page) -> None:
    """The pupil answers on the first page of a SCORM 2004 course and goes on."""
    page.locator(".unit-line a").tap()
    page.get_by_role("button", name="Открыть").tap()
    course = page.frame_locator(".package-frame").frame_locator("iframe")
    course.locator("#right").tap()
    course.locator("#then").tap()
    expect(course.locator("h1")).to_have_text("Проверка")
    expect(page.locator("[data-result]")).to_contain_text("80 %")


def send_book(page: Page, unit: str, folder: Path) -> None:
    """A PDF of three pages, drawn by the worker."""
    file = folder / "Учебник.pdf"
    file.write_bytes(pdf("Lever", "Block", "Winch"))
    page.goto(f"{unit}/edit")
    choose(page, file, "document")
    expect(page.locator("#files .row-title")).to_have_text("Учебник.pdf")


def turns_the_sheets(page: Page) -> None:
    page.locator(".unit-line a").tap()
    expect(page.locator(".sheet img").first).to_be_visible()
    expect(page.locator(".sheet")).to_have_count(3)
    page.locator(".sheet summary").nth(2).tap()
    expect(page.locator(".sheet-words").nth(2)).to_have_text("Winch")


def send_solid(page: Page, unit: str, folder: Path) -> None:
    """A 3D model, and what it shows in words."""
    file = folder / "пирамида.glb"
    file.write_bytes(build("pyramid"))
    page.goto(f"{unit}/edit")
    page.locator("form[data-upload] [name=alt]").fill("Четырёхугольная пирамида")
    choose(page, file, "model")
    expect(page.locator("#files .row-title")).to_have_text("пирамида.glb")


def sees_the_model(page: Page) -> None:
    page.locator(".unit-line a").tap()
    expect(page.locator("#model figcaption")).to_contain_text("Четырёхугольная пирамида")
    page.get_by_role("button", name="Показать модель").tap()
    page.locator("[data-shown]").wait_for(timeout=40_000)


KINDS: dict[str, tuple[str, Callable[[Page, str, Path], None], Callable[[Page], None]]] = {
    "textbook in PDF": ("", send_book, turns_the_sheets),
    "textbook": (BOOK, nothing_more, keeps_a_place),
    "assignment": ("Измерьте плечи сил у ножниц.", nothing_more, reads("у ножниц")),
    "test": ("", write_question, answers),
    "presentation": ("# Рычаг\n\nСлайд один\n\n---\n\nСлайд два", nothing_more, reads("Слайд два")),
    "video": ("Следите за плечами сил.", send_film, sees_the_film),
    "scenario": ("Цель: понять рычаг.", say_stages, reads("Делают вывод")),
    "package": ("Уравновесьте рычаг.", put_in_package, practises),
    "package of H5P": ("Сосчитайте до трёх.", lambda page, unit, folder: put_in(page, unit, h5p(folder)), counts),
    "package of SCORM 2004": (
        "Пройдите по порядку.",
        lambda page, unit, folder: put_in(page, unit, scorm_2004(folder)),
        begins_the_course,
    ),
    "model": ("Сосчитайте рёбра.", send_solid, sees_the_model),
}

PLACES = {"presentation": 2, "scenario": 6}
"""How many slides or stages there are to be turned on the panel."""


@pytest.mark.journey
@pytest.mark.parametrize("kind", KINDS)
def test_from_the_author_to_the_phone(people: People, kind: str, tmp_path: Path) -> None:
    body, write, look = KINDS[kind]
    title = f"Рычаг и блок ({kind})"
    subject, year, group = course_of(people.school, "teacher", "pupil")
    unit = begin_unit(people.teacher, kind.partition(" ")[0], title, subject=subject, year=year, body=body)
    write(people.teacher, unit, tmp_path)
    hand_in(people.teacher, unit)
    publish(people.methodologist, unit, title)

    set_as_homework(people.teacher, unit, title, group)

    pupil = people.pupil
    pupil.goto("/")
    pupil.get_by_role("link", name=title).first.tap()
    look(pupil)
    if kind in PLACES:
        turn_by_keys(people.teacher, unit, kind)
    assert pupil.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "it fits the phone"
    assert errors_of(people.teacher) + errors_of(people.methodologist) + errors_of(pupil) == []


def set_as_homework(page: Page, unit: str, title: str, group: str) -> None:
    """From the page of the unit to the next lesson of this group."""
    page.goto(unit)
    link = page.get_by_role("link", name="Задать на дом")
    if link.count():
        link.click()
    else:
        page.get_by_role("button", name="Задать на дом").click()
        page.get_by_role("dialog").get_by_role("link", name=group).click()
    page.get_by_label("Что сделать").fill(title)
    page.get_by_role("button", name="Задать", exact=True).click()
    page.wait_for_url("**/courses/**")
    expect(page.get_by_role("link", name=title)).to_have_count(1)


def turn_by_keys(page: Page, unit: str, kind: str) -> None:
    """On the panel: arrows, a reload in the middle, the minutes of a stage."""
    count = PLACES[kind]
    page.goto(unit)
    expect(page.locator("[data-key=f]")).to_be_visible()
    page.keyboard.press("f")
    page.wait_for_url("**/show*")
    told = page.locator("[data-count]")
    expect(told).to_have_text(f"1 / {count}")
    page.keyboard.press("ArrowRight")
    expect(told).to_have_text(f"2 / {count}")
    page.reload()
    expect(told).to_have_text(f"2 / {count}")
    page.keyboard.press("ArrowLeft")
    expect(told).to_have_text(f"1 / {count}")
    if kind == "scenario":
        expect(page.locator("[data-left]")).to_have_text(re.compile("2:5[0-9]|3:00"))
