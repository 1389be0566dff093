"""An author writes a question of every kind in the editor, and sees them as their readers will."""

import pytest
from playwright.sync_api import Browser, expect

from school.tasks.kinds import KINDS
from tests.browser import errors_of, person
from tests.journeys.authors import begin_unit, course_of
from tests.living import School

FIELDS: dict[str, dict[str, str]] = {
    "single": {"option_1": "4", "option_2": "5", "right-1": "", "remarks": "5 => Посчитайте ещё раз. # Торопится"},
    "multiple": {"option_1": "2", "option_2": "4", "option_3": "5", "right-1": "", "right-2": ""},
    "number": {"value": "3/4", "tolerance": "0,01"},
    "text": {"accept": "Москва\nг. Москва"},
    "matching": {"pairs": "Волга = Каспийское море\nНева = Финский залив", "extra": "Чёрное море"},
    "grouping": {"groups": "гласные: а; о\nсогласные: б; м"},
    "ordering": {"ordered": "раз\nдва\nтри"},
    "cloze": {"gapped": "Столица — [[Москва]], река — [[=Москва-река; Нева]], длина [[#473 ± 5 км]]."},
    "table": {"gapped": "x | 2x\n3 | [[#6]]\n5 | [[#10]]"},
    "highlight": {"marked": "*Мама* мыла *раму*."},
    "number_line": {"begins": "0", "ends": "2", "step": "1/4", "named": "A = 3/4"},
    "plane": {"named": "A = -3; 2\nB = 4; 0"},
    "formula": {"value": "(x-1)(x+1)", "letters": "x"},
    "graph": {"properties": "нули -2; 2\nубывает 0..3", "graph": "-4; -2\n-2; 0\n0; 2\n2; 0\n3; -1"},
    "essay": {
        "criteria": "Тезис: 0 нет; 1 неясен; 2 ясен\nПримеры: 0 нет; 2 есть",
        "model": "Тезис и два примера",
        "length": "50..150",
        "steps": "0 %: Начните с определения.\n20 %: Вспомните рассказ.",
    },
    "notebook": {"criteria": "Ход: 0 нет; 2 верный", "model": "Уравнение и проверка"},
    "spoken": {"criteria": "Чтение: 0 с ошибками; 1 без ошибок", "model": "Без ошибок"},
    "drawing": {"criteria": "Рисунок: 0 нет; 1 верный", "model": "Треугольник"},
    "multipart": {
        "material": "У Ани 3 яблока, у Бори на 2 больше.",
        "blocks": "Сколько яблок у Бори? (2)\n= 5\n\nУ кого больше?\n- у Ани\n* у Бори",
    },
    "hotspot": {"map": "Две области", "areas": "* многоугольник 10 10 50 10 50 90\nмногоугольник 50 10 90 10 90 90"},
    "labels": {
        "map": "Две области",
        "areas": "многоугольник 10 10 50 10 50 90 = запад\nмногоугольник 50 10 90 10 90 90 = восток",
    },
    "varied": {"params": "a = 2..9\nb = 2..9", "where": "a != b", "value": "{a*b}"},
}


def test_every_kind_is_written_here() -> None:
    assert set(FIELDS) == set(KINDS)


@pytest.mark.journey
def test_every_kind_is_written_and_shown(shared_school: School, browser: Browser) -> None:
    page = person(browser, shared_school.address, "teacher")
    subject, year, _group = course_of(shared_school, "teacher", "pupil")
    unit = begin_unit(page, "test", "Вопросы всех видов", subject=subject, year=year)
    for kind, fields in FIELDS.items():
        page.goto(f"{unit}/questions/new/{kind}")
        page.locator("#prompt").fill(
            f"Вопрос вида {kind}: {{a}} и {{b}}" if kind == "varied" else f"Вопрос вида {kind}"
        )
        for name, value in fields.items():
            field = page.locator(f"#{name}")
            if value:
                field.fill(value)
            else:
                field.check()
        page.get_by_role("button", name="Сохранить", exact=True).click()
        expect(page.locator("#questions")).to_contain_text(f"Вопрос вида {kind}")
    page.locator("#questions").get_by_role("link", name="Вопрос вида varied").click()
    expect(page.get_by_text("Проверено вариантов: 10000")).to_be_visible(timeout=60_000)
    page.goto(f"{unit}/draft")
    expect(page.locator(".question")).to_have_count(len(FIELDS))
    for said in ("Каспийское море", "гласные", "Москва-река / Нева", "2x"):
        expect(page.locator(".questions")).to_contain_text(said)
    assert page.locator(".question", has_text="ещё не дописан").count() == 0
    assert errors_of(page) == []
    page.context.close()
