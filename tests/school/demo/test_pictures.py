"""Drawings are static, small, described, and all used."""

from xml.etree import ElementTree

import pytest

from school.demo.pictures import DRAWINGS, draw
from school.demo.unit_files import read_units

ELEMENTS = {"svg", "rect", "line", "polygon", "polyline", "circle", "path", "text"}
ATTRIBUTES = {
    "width", "height", "viewBox", "font-family", "font-size", "font-weight", "text-anchor", "fill", "stroke",
    "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy",
    "r", "rx", "points", "d",
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_static_and_small(name: str) -> None:
    file = draw(name)
    assert len(file) < 12_000
    for element in ElementTree.fromstring(file).iter():  # noqa: S314 - a file of our own
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    assert b"url(" not in file


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_comes_out_the_same_each_time(name: str) -> None:
    assert draw(name) == draw(name)


def test_all_drawings_are_used_and_all_used_are_there() -> None:
    shown = {picture.name for unit in read_units() for picture in unit.pictures}
    assert shown == set(DRAWINGS)


def test_pictures_of_a_body_are_named_in_it() -> None:
    for unit in read_units():
        of_items = {item.spec["picture"]["name"] for item in unit.items if "picture" in item.spec}
        for picture in unit.pictures:
            assert picture.name in of_items or f"![{picture.alt}]({picture.name}.svg)" in unit.body
