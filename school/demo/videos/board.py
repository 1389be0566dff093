"""One frame of a teaching video: drawn twice as large and reduced, so that edges come out smooth."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from school.demo.videos.fonts import runs, typeface

WIDTH, HEIGHT = 1280, 720
PAPER = "#fffdf8"
INK = "#1d2b2f"
QUIET = "#6b7a7f"
FAINT = "#dfe5e4"
BRAND = "#0f766e"
BRAND_SOFT = "#bfe3dd"
WARM = "#b45309"
WARM_SOFT = "#fbdcb8"

_SCALE = 2

Point = tuple[float, float]


class Board:
    """A sheet of 1280 by 720 points."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def _points(self, points: Sequence[Point]) -> list[Point]:
        return [(x * _SCALE, y * _SCALE) for x, y in points]

    def line(self, points: Sequence[Point], colour: str = INK, width: float = 3) -> None:
        """A broken line with round joints."""
        self._draw.line(self._points(points), fill=colour, width=round(width * _SCALE), joint="curve")

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """A filled figure."""
        self._draw.polygon(self._points(points), fill=fill)

    def box(self, corner: Point, size: Point, fill: str, outline: str = INK, radius: float = 0) -> None:
        """A rectangle by its upper left corner."""
        (x, y), (w, h) = corner, size
        (first, second) = self._points([(x, y), (x + w, y + h)])
        self._draw.rounded_rectangle((*first, *second), radius * _SCALE, fill, outline, 3 * _SCALE)

    def dot(self, centre: Point, radius: float = 7, colour: str = BRAND) -> None:
        """A point."""
        (x, y), r = self._points([centre])[0], radius * _SCALE
        self._draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def arrow(self, start: Point, end: Point, colour: str = INK, width: float = 3) -> None:
        """A line with a head at its end; only along an axis, which is all that is needed."""
        (x1, y1), (x2, y2) = start, end
        size = 4 + 3 * width
        across = x1 == x2
        sign = 1 if (y2 > y1 if across else x2 > x1) else -1
        base = (x2, y2 - sign * size) if across else (x2 - sign * size, y2)
        self.line([start, base], colour, width)
        half = size * 0.45
        wings = [(x2 - half, base[1]), (x2 + half, base[1])] if across else [(base[0], y2 - half), (base[0], y2 + half)]
        self.polygon([end, *wings], colour)

    def text(
        self, at: Point, words: str, size: float = 34, colour: str = INK, anchor: str = "middle", weight: int = 450
    ) -> float:
        """Words on a baseline; returns their width."""
        pieces = [(typeface(script, round(size * _SCALE), weight), piece) for script, piece in runs(words)]
        width = sum(face.getlength(piece) for face, piece in pieces) / _SCALE
        x = at[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        for face, piece in pieces:
            self._draw.text((x * _SCALE, at[1] * _SCALE), piece, fill=colour, font=face, anchor="ls")
            x += face.getlength(piece) / _SCALE
        return width

    def fraction(self, at: Point, top: str, bottom: str, size: float = 38, colour: str = INK) -> None:
        """A fraction with a level stroke, centred on a point."""
        x, y = at
        self.text((x, y - size * 0.28), top, size, colour, weight=600)
        self.text((x, y + size * 1.02), bottom, size, colour, weight=600)
        half = size * 0.36 * max(len(top), len(bottom))
        self.line([(x - half, y), (x + half, y)], colour, 3)

    def frame(self) -> Image.Image:
        """The finished picture."""
        return self._image.reduce(_SCALE)
