"""Pictures that the server draws from a variant's numbers: a declared few, each with the same said in words.

``{"shape": "rectangle", "a": "{a}", "b": "{b}", "unit": "см"}``. The words carry what the eye would see and not what the eye would
reckon: where the hands of a clock point, not the time. What is unknown is written «?».
"""

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from .contract import Phrase, say
from .numerals import NotANumber, read_number, write_number

FIELDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "number_line": (frozenset({"from", "to", "step"}), frozenset({"point"})),
    "rectangle": (frozenset({"a", "b"}), frozenset({"unit"})),
    "triangle": (frozenset({"a", "b", "c"}), frozenset({"unit"})),
    "clock": (frozenset({"hours", "minutes"}), frozenset()),
    "fraction_bar": (frozenset({"parts", "shaded"}), frozenset()),
    "graph": (frozenset({"x", "y", "points"}), frozenset()),
}
"""Of each drawing what it needs and what it may have besides."""
UNKNOWN = "?"
MOST_MARKS = 30
MAX_TEXT = 80
Drawing = Mapping[str, str]


def is_drawing(drawing: Any) -> bool:
    """Whether it is one of the declared drawings with its fields, before the numbers are filled in."""
    if not isinstance(drawing, dict) or drawing.get("shape") not in FIELDS:
        return False
    needed, more = FIELDS[drawing["shape"]]
    named = set(drawing) - {"shape"}
    texts = all(isinstance(one, str) and 0 < len(one) <= MAX_TEXT for one in drawing.values())
    return needed <= named <= needed | more and texts


def can_be_drawn(drawing: Drawing) -> bool:
    """Whether these numbers make a picture."""
    try:
        _MAKERS[drawing["shape"]](drawing)
    except (NotANumber, ValueError, ZeroDivisionError):
        return False
    return True


def alt_of(drawing: Drawing) -> Phrase:
    """The picture in words."""
    return _MAKERS[drawing["shape"]](drawing)[0]


def svg_of(drawing: Drawing, alt: str) -> str:
    """The picture as SVG in the colours of the page; ``alt`` is its name for who does not see it."""
    _alt, width, height, inner = _MAKERS[drawing["shape"]](drawing)
    return (
        f'<svg class="task-drawing" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(alt)}">{inner}</svg>'
    )


def shows(drawing: Drawing, text: str) -> bool:
    """Whether this answer can simply be read off the picture, however its number is written and with its unit or without."""
    return _bare(text, drawing) in {_bare(one, drawing) for one in _labels(drawing) if one != UNKNOWN}


def _labels(drawing: Drawing) -> list[str]:
    if drawing["shape"] in {"rectangle", "triangle"}:
        return [drawing[one] for one in "abc" if one in drawing]
    return [drawing["from"], drawing["to"]] if drawing["shape"] == "number_line" else []


def _bare(text: str, drawing: Drawing) -> Fraction | str:
    bare = " ".join(text.split()).removesuffix(drawing.get("unit", "")).rstrip()
    try:
        return read_number(bare)
    except NotANumber:
        return bare


Made = tuple[Phrase, int, int, str]


def _line(x1: float, y1: float, x2: float, y2: float, width: float = 2) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="currentColor" stroke-width="{width:g}" stroke-linecap="round"/>'


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="currentColor" font-size="16">{escape(text)}</text>'


def _polygon(points: Sequence[tuple[float, float]], fill: str = "none") -> str:
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{written}" fill="{fill}" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>'


def _positive(text: str) -> Fraction:
    number = read_number(text)
    if number <= 0:
        raise ValueError(text)
    return number


def _length(text: str, unit: str) -> str:
    return text if text == UNKNOWN or not unit else f"{text} {unit}"


def _number_line(drawing: Drawing) -> Made:
    begin, end, step = read_number(drawing["from"]), read_number(drawing["to"]), _positive(drawing["step"])
    marks = (end - begin) / step
    if marks.denominator != 1 or not 1 <= marks <= MOST_MARKS:
        raise ValueError(drawing["to"])
    apart = 400 / int(marks)
    inner = _line(10, 50, 450, 50) + _line(450, 50, 440, 44) + _line(450, 50, 440, 56)
    inner += "".join(_line(25 + n * apart, 43, 25 + n * apart, 57) for n in range(int(marks) + 1))
    inner += _text(25, 78, drawing["from"]) + _text(425, 78, drawing["to"])
    values = {"begin": drawing["from"], "end": drawing["to"], "step": drawing["step"]}
    if "point" not in drawing:
        return say("A number line with marks from %(begin)s to %(end)s, every %(step)s.", **values), 460, 90, inner
    at = (read_number(drawing["point"]) - begin) / step
    if not 0 <= at <= marks:
        raise ValueError(drawing["point"])
    x = 25 + float(at) * apart
    inner += f'<circle cx="{x:.1f}" cy="50" r="6" fill="currentColor"/>' + _text(x, 32, "A")
    told = say(
        "A number line with marks from %(begin)s to %(end)s, every %(step)s. Point A is %(away)s marks to the right of the first one.",
        away=write_number(at),
        **values,
    )
    return told, 460, 90, inner


def _rectangle(drawing: Drawing) -> Made:
    sides = [None if drawing[one] == UNKNOWN else _positive(drawing[one]) for one in "ab"]
    ratio = float(sides[1] / sides[0]) if sides[0] and sides[1] else 0.6
    ratio = min(max(ratio, 0.3), 1.6)  # a street is not drawn to scale
    width, height = (240, 240 * ratio) if ratio <= 0.8 else (190 / ratio, 190)
    a, b = (_length(drawing[one], drawing.get("unit", "")) for one in "ab")
    inner = _polygon([(20, 20), (20 + width, 20), (20 + width, 20 + height), (20, 20 + height)])
    inner += _text(20 + width / 2, 42 + height, a) + _text(30 + width, 26 + height / 2, b, "start")
    return say("A rectangle with the sides %(a)s and %(b)s.", a=a, b=b), 360, round(height + 56), inner


def _triangle(drawing: Drawing) -> Made:
    names = [drawing[one] for one in "abc"]
    if UNKNOWN in names:
        sides = [5.0, 4.0, 4.5]
        known = [_positive(one) for one in names if one != UNKNOWN]
        if not known:
            raise ValueError(UNKNOWN)
    else:
        sides = [float(_positive(one)) for one in names]
    a, b, c = sides
    if a >= b + c or b >= a + c or c >= a + b:
        raise ValueError(drawing["a"])
    x = (a * a + b * b - c * c) / (2 * a)
    top = math.sqrt(max(b * b - x * x, 0.0))
    low, high = min(0.0, x), max(a, x)
    scale = min(260 / (high - low), 180 / top)
    points = [(40 + (px - low) * scale, 20 + (top - py) * scale) for px, py in ((0.0, 0.0), (a, 0.0), (x, top))]
    (x1, y1), (x2, _y2), (x3, y3) = points
    shown = [_length(one, drawing.get("unit", "")) for one in names]
    inner = _polygon(points) + _text((x1 + x2) / 2, y1 + 22, shown[0])
    inner += _text((x1 + x3) / 2 - 8, (y1 + y3) / 2, shown[1], "end")
    inner += _text((x2 + x3) / 2 + 8, (y1 + y3) / 2, shown[2], "start")
    told = say("A triangle with the sides %(a)s, %(b)s and %(c)s.", a=shown[0], b=shown[1], c=shown[2])
    return told, 360, round(y1 + 36), inner


def _clock(drawing: Drawing) -> Made:
    hours, minutes = read_number(drawing["hours"]), read_number(drawing["minutes"])
    if hours.denominator != 1 or minutes.denominator != 1 or not 0 <= hours <= 24 or not 0 <= minutes < 60:
        raise ValueError(drawing["hours"])
    inner = '<circle cx="100" cy="100" r="90" fill="none" stroke="currentColor" stroke-width="3"/>'
    for n in range(1, 13):
        x, y = _on_face(n / 12, 72)
        inner += _text(x, y + 6, str(n))
    for turn, radius, width in ((float(hours % 12 + minutes / 60) / 12, 45, 5), (float(minutes) / 60, 68, 3)):
        x, y = _on_face(turn, radius)
        inner += _line(100, 100, round(x, 1), round(y, 1), width)
    hour = int(hours) % 12 or 12
    long = write_number(minutes / 5) if minutes else "12"
    if minutes:
        told = say(
            "A clock face. The short hand stands between %(hour)s and %(after)s, the long hand at %(long)s of twelve.",
            hour=str(hour),
            after=str(hour % 12 + 1),
            long=long,
        )
    else:
        told = say("A clock face. The short hand stands at %(hour)s, the long hand at 12.", hour=str(hour))
    return told, 200, 200, inner


def _on_face(turn: float, radius: float) -> tuple[float, float]:
    return 100 + radius * math.sin(2 * math.pi * turn), 100 - radius * math.cos(2 * math.pi * turn)


def _fraction_bar(drawing: Drawing) -> Made:
    parts, shaded = read_number(drawing["parts"]), read_number(drawing["shaded"])
    if parts.denominator != 1 or shaded.denominator != 1 or not 1 <= parts <= MOST_MARKS or not 0 <= shaded <= parts:
        raise ValueError(drawing["parts"])
    width = 400 / int(parts)
    inner = "".join(
        f'<rect x="{10 + n * width:.1f}" y="10" width="{width:.1f}" height="50" stroke="currentColor" stroke-width="2" '
        f'fill="currentColor" fill-opacity="{0.45 if n < shaded else 0:g}"/>'
        for n in range(int(parts))
    )
    told = say("A bar of equal parts: %(parts)s. Shaded: %(shaded)s.", parts=str(parts), shaded=str(shaded))
    return told, 420, 70, inner


def _graph(drawing: Drawing) -> Made:
    (left, right), (low, high) = (_ends(drawing[one]) for one in "xy")
    points = [tuple(read_number(one) for one in pair.split(":")) for pair in drawing["points"].split()]
    if len(points) < 2 or any(
        len(one) != 2 or not (left <= one[0] <= right and low <= one[1] <= high) for one in points
    ):
        raise ValueError(drawing["points"])
    cell = 320 / max(right - left, high - low)

    def at(x: Fraction, y: Fraction) -> tuple[float, float]:
        return 15 + float(x - left) * cell, 15 + float(high - y) * cell

    inner = '<g opacity="0.3">'
    inner += "".join(
        _line(*at(Fraction(x), Fraction(low)), *at(Fraction(x), Fraction(high)), 1) for x in range(left, right + 1)
    )
    inner += "".join(
        _line(*at(Fraction(left), Fraction(y)), *at(Fraction(right), Fraction(y)), 1) for y in range(low, high + 1)
    )
    inner += "</g>"
    x0, y0 = Fraction(min(max(0, left), right)), Fraction(min(max(0, low), high))
    inner += _line(*at(Fraction(left), y0), *at(Fraction(right), y0)) + _line(
        *at(x0, Fraction(low)), *at(x0, Fraction(high))
    )
    for name, x, y in (("x", Fraction(right), y0), ("y", x0, Fraction(high)), ("1", x0 + 1, y0)):
        px, py = at(x, y)
        inner += _text(
            px + (0 if name == "1" else 4), py + (17 if name != "y" else 4), name, "middle" if name == "1" else "start"
        )
    written = " ".join(f"{px:.1f},{py:.1f}" for px, py in (at(*one) for one in points))
    inner += (
        f'<polyline points="{written}" fill="none" stroke="currentColor" stroke-width="3" stroke-linejoin="round"/>'
    )
    told = say(
        "Axes, x from %(left)s to %(right)s, y from %(low)s to %(high)s. A line through the points %(points)s.",
        left=str(left), right=str(right), low=str(low), high=str(high),
        points=", ".join(f"({write_number(x)}; {write_number(y)})" for x, y in points),
    )  # fmt: skip
    return told, round(40 + (right - left) * cell), round(40 + (high - low) * cell), inner


def _ends(text: str) -> tuple[int, int]:
    begin, _, end = text.partition("..")
    low, high = read_number(begin), read_number(end)
    if low.denominator != 1 or high.denominator != 1 or not 1 <= high - low <= MOST_MARKS:
        raise ValueError(text)
    return int(low), int(high)


_MAKERS: dict[str, Callable[[Drawing], Made]] = {
    "number_line": _number_line,
    "rectangle": _rectangle,
    "triangle": _triangle,
    "clock": _clock,
    "fraction_bar": _fraction_bar,
    "graph": _graph,
}
