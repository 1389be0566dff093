"""A sheet to draw on: lines, arrows, figures and words that come out as a static SVG, the same every time."""

import math
from collections.abc import Sequence
from html import escape

Point = tuple[float, float]

INK = "#1d2b2f"
QUIET = "#8a999d"
FAINT = "#dfe5e4"
BRAND = "#0f766e"
BRAND_SOFT = "#bfe3dd"
WARM = "#b45309"
WARM_SOFT = "#fbdcb8"
WATER = "#cfe6f5"
PAPER = "#fffdf8"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Sheet:
    """A drawing of ``width`` by ``height`` units on paper of its own, so that it reads on a dark page too."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def _add(self, tag: str, inner: str = "", **attributes: float | str) -> None:
        written = "".join(
            f' {name.replace("_", "-")}="{value if isinstance(value, str) else _number(value)}"'
            for name, value in attributes.items()
        )
        self._parts.append(f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>")

    def line(self, start: Point, end: Point, colour: str = INK, width: float = 2, dash: str = "") -> None:
        """A straight line, dashed on demand."""
        extra = {"stroke_dasharray": dash} if dash else {}
        (x1, y1), (x2, y2) = start, end
        self._add(
            "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_linecap="round", **extra
        )

    def arrow(self, start: Point, end: Point, colour: str = INK, width: float = 2) -> None:
        """A line with a head at its end."""
        (x1, y1), (x2, y2) = start, end
        turn, size = math.atan2(y2 - y1, x2 - x1), 6 + 2 * width
        base = (x2 - size * math.cos(turn), y2 - size * math.sin(turn))
        side = (size * 0.45 * math.sin(turn), -size * 0.45 * math.cos(turn))
        self.line(start, base, colour, width)
        wings = [(base[0] + side[0], base[1] + side[1]), (base[0] - side[0], base[1] - side[1])]
        self.polygon([end, *wings], colour, colour, 0)

    def polygon(self, points: Sequence[Point], fill: str = "none", stroke: str = INK, width: float = 2) -> None:
        """A closed figure."""
        written = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._add("polygon", points=written, fill=fill, stroke=stroke, stroke_width=width, stroke_linejoin="round")

    def polyline(self, points: Sequence[Point], stroke: str = INK, width: float = 2) -> None:
        """An open broken line."""
        written = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._add("polyline", points=written, fill="none", stroke=stroke, stroke_width=width, stroke_linejoin="round")

    def rect(self, corner: Point, size: Point, fill: str = "none", stroke: str = INK, width: float = 2) -> None:
        """A rectangle by its upper left corner."""
        (x, y), (w, h) = corner, size
        self._add("rect", x=x, y=y, width=w, height=h, fill=fill, stroke=stroke, stroke_width=width)

    def circle(self, centre: Point, radius: float, fill: str = "none", stroke: str = INK, width: float = 2) -> None:
        """A circle, or with a small radius a point."""
        self._add("circle", cx=centre[0], cy=centre[1], r=radius, fill=fill, stroke=stroke, stroke_width=width)

    def dot(self, centre: Point, colour: str = BRAND, radius: float = 5) -> None:
        """A filled point."""
        self.circle(centre, radius, colour, PAPER, 1.5)

    def sector(
        self, centre: Point, radius: float, start: float, end: float, fill: str = BRAND_SOFT, stroke: str = INK
    ) -> None:
        """A slice of a circle between two angles in degrees, counted from the right, against the clock."""
        first, last = polar(centre, radius, start), polar(centre, radius, end)
        large = int((end - start) % 360 > 180)
        path = f"M{_pair(centre)}L{_pair(first)}A{radius} {radius} 0 {large} 0 {_pair(last)}Z"
        self._add("path", d=path, fill=fill, stroke=stroke, stroke_width=1.5, stroke_linejoin="round")

    def arc(
        self, centre: Point, radius: float, start: float, end: float, colour: str = BRAND, width: float = 2
    ) -> None:
        """The rim of such a slice."""
        first, last = polar(centre, radius, start), polar(centre, radius, end)
        large = int((end - start) % 360 > 180)
        path = f"M{_pair(first)}A{radius} {radius} 0 {large} 0 {_pair(last)}"
        self._add("path", d=path, fill="none", stroke=colour, stroke_width=width)

    def bow(self, start: Point, end: Point, height: float, colour: str = BRAND) -> None:
        """A bow above a segment, from end to end."""
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 2 * height)
        path = f"M{_pair(start)}Q{_pair(middle)} {_pair(end)}"
        self._add("path", d=path, fill="none", stroke=colour, stroke_width=3, stroke_linecap="round")

    def text(
        self, at: Point, words: str, size: float = 18, colour: str = INK, anchor: str = "middle", *, bold: bool = False
    ) -> None:
        """Words on a baseline; ``anchor`` is start, middle or end."""
        self._add(
            "text",
            escape(words),
            x=at[0],
            y=at[1],
            fill=colour,
            font_size=size,
            font_weight="600" if bold else "400",
            text_anchor=anchor,
        )

    def svg(self) -> bytes:
        """The file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family="Golos Text, system-ui, sans-serif">'
        )
        paper = f'<rect width="{self.width}" height="{self.height}" rx="8" fill="{PAPER}"/>'
        return (head + paper + "".join(self._parts) + "</svg>\n").encode()


def polar(centre: Point, radius: float, degrees: float) -> Point:
    """The point at an angle from the right, against the clock (the screen's y grows downwards)."""
    turn = math.radians(degrees)
    return (centre[0] + radius * math.cos(turn), centre[1] - radius * math.sin(turn))


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"
