"""Pictures from numbers: drawn, said in words, and silent about the answer."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from school.tasks.kinds.drawings import FIELDS, alt_of, can_be_drawn, is_drawing, svg_of
from school.tasks.kinds.varied import VARIED

DRAWINGS: list[dict[str, str]] = [
    {"shape": "number_line", "from": "0", "to": "10", "step": "2", "point": "5"},
    {"shape": "rectangle", "a": "4", "b": "?", "unit": "см"},
    {"shape": "triangle", "a": "3", "b": "4", "c": "5", "unit": "<b>"},
    {"shape": "triangle", "a": "3", "b": "4", "c": "?"},
    {"shape": "clock", "hours": "15", "minutes": "40"},
    {"shape": "clock", "hours": "12", "minutes": "0"},
    {"shape": "fraction_bar", "parts": "8", "shaded": "3"},
    {"shape": "graph", "x": "-5..5", "y": "-4..4", "points": "-2:-1 0:1 1,5:2,5"},
]


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda one: one["shape"])
def test_each_is_drawn_and_said(drawing: dict[str, str]) -> None:
    assert is_drawing(drawing)
    assert can_be_drawn(drawing)
    told = alt_of(drawing)
    root = ET.fromstring(svg_of(drawing, told.msgid % told.values))  # noqa: S314 - made by ourselves
    assert root.attrib["role"] == "img"
    assert "%(" not in root.attrib["aria-label"]
    assert "style" not in svg_of(drawing, "")
    assert "<b>" not in svg_of(drawing, "")


def test_all_declared_drawings_are_tried() -> None:
    assert {one["shape"] for one in DRAWINGS} == set(FIELDS)


def test_words_carry_what_is_seen_and_not_what_is_reckoned() -> None:
    clock = alt_of(DRAWINGS[4])
    assert clock.values == {"hour": "3", "after": "4", "long": "8"}
    line = alt_of(DRAWINGS[0])
    assert line.values["away"] == "2,5"


@pytest.mark.parametrize(
    "drawing",
    [
        {"shape": "triangle", "a": "1", "b": "2", "c": "9"},
        {"shape": "rectangle", "a": "-1", "b": "2"},
        {"shape": "clock", "hours": "25", "minutes": "0"},
        {"shape": "fraction_bar", "parts": "4", "shaded": "5"},
        {"shape": "number_line", "from": "0", "to": "10", "step": "3"},
        {"shape": "number_line", "from": "0", "to": "10", "step": "1", "point": "11"},
        {"shape": "graph", "x": "-5..5", "y": "-4..4", "points": "0:9 1:1"},
        {"shape": "graph", "x": "?", "y": "-4..4", "points": "0:0 1:1"},
    ],
    ids=lambda one: one["shape"],
)
def test_what_makes_no_picture_is_refused(drawing: dict[str, str]) -> None:
    assert not can_be_drawn(drawing)


@pytest.mark.parametrize(
    "drawing", [None, {}, {"shape": "cat"}, {"shape": "rectangle", "a": "1"}, {"shape": "rectangle", "a": "1", "b": 2}]
)
def test_what_is_no_drawing(drawing: Any) -> None:
    assert not is_drawing(drawing)


def template(drawing: dict[str, str]) -> dict[str, Any]:
    return {
        "version": 1,
        "prompt": "Площадь {s}, сторона {a}. Найдите другую сторону.",
        "params": {"a": {"from": 2, "to": 9}, "b": {"from": 3, "to": 12}, "s": {"is": "a*b"}},
        "task": {"kind": "number"},
        "key": {"value": "{b}"},
        "drawing": drawing,
    }


def test_a_template_draws_its_own_numbers_without_its_key() -> None:
    spec = template({"shape": "rectangle", "a": "{a}", "b": "?"})
    assert VARIED.check(spec) == []
    made = VARIED.prepare(spec, 5)
    assert made["drawing"]["a"] == str(made["prompt"]).split("сторона ")[1].split(".")[0]
    assert made == VARIED.prepare(spec | {"key": {"value": "{a}"}}, 5)


@pytest.mark.parametrize(
    "drawing",
    [
        {"shape": "rectangle", "a": "{a}", "b": "{b}"},
        {"shape": "fraction_bar", "parts": "{a}", "shaded": "{b}"},
        {"shape": "cat"},
    ],
    ids=["shows the answer", "can't be drawn", "unknown"],
)
def test_authors_are_told(drawing: dict[str, str]) -> None:
    assert [one.where for one in VARIED.check(template(drawing))] == ["drawing"]


def chosen(
    options: list[str], drawing: dict[str, str], kind: str = "single", key: tuple[int, ...] = (0,)
) -> dict[str, Any]:
    return template(drawing) | {"task": {"kind": kind, "options": options}, "key": list(key)}


SIDES = {"shape": "rectangle", "a": "{a}", "b": "{b}", "unit": "см"}
HALF = {"shape": "rectangle", "a": "{a}", "b": "?", "unit": "см"}


@pytest.mark.parametrize(
    ("spec", "is_told"),
    [
        (chosen(["{b}", "{a+b+9}"], SIDES), True),
        (chosen(["{b} см", "{a+b+9} см"], SIDES), True),
        (chosen(["{b}/1", "{a+b+9}"], SIDES), True),
        (chosen(["{b}", "{a+b+9}"], HALF | {"b": "{b}"}), True),
        (chosen(["{a+20}", "{b}", "{s+99}"], SIDES | {"a": "{a+20}"}, "multiple", (0, 1)), True),
        (chosen(["{b+13}", "{a+b+27}"], SIDES), False),
        (chosen(["{b+13}", "{a}"], HALF), False),
        (chosen(["{b+13}", "{a}"], SIDES), False),
        (chosen(["{a+20}", "{b+41}", "{s+99}"], SIDES | {"a": "{a+20}"}, "multiple", (0, 1)), False),
        (template(SIDES) | {"task": {"kind": "text"}, "key": {"accept": ["{b} см"]}}, True),
        (template(HALF) | {"task": {"kind": "text"}, "key": {"accept": ["{b+13} см"]}}, False),
    ],
)  # fmt: skip
def test_a_picture_tells_no_option(spec: dict[str, Any], is_told: bool) -> None:
    assert [one.where for one in VARIED.check(spec)] == (["drawing"] if is_told else [])


def test_where_wrong_options_are_shown_too_one_still_has_to_choose() -> None:
    longer = chosen(["{a+b}", "{a}"], SIDES | {"b": "{a+b}"})
    assert VARIED.check(longer) == []
