"""A lever in balance: the smaller force needs the longer arm."""

import math
from dataclasses import dataclass

from school.demo.videos.board import BRAND, BRAND_SOFT, FAINT, INK, QUIET, WARM, WARM_SOFT, Board, Point
from school.demo.videos.film import Caption, Film, eased

PIVOT: Point = (540.0, 300.0)
TEN_CM = 190.0
LEFT_END, RIGHT_END = -260.0, 460.0


@dataclass(frozen=True, slots=True)
class _Scene:
    tilt: float
    """Degrees, the left side down when positive."""
    arm: float
    """Centimetres from the pivot to the right weight; 0 when it is not there yet."""
    answer: bool


def _state(now: float) -> _Scene:
    arm = 0.0 if now < 3.4 else 10 + 10 * eased(now, 5.6, 8.2)
    tilt = 9 * eased(now, 1.2, 2.4) - 4 * eased(now, 3.4, 4.4) - 5 * eased(now, 5.6, 8.2)
    return _Scene(tilt=round(tilt, 2), arm=round(arm, 2), answer=now >= 9)


def _on_beam(along: float, tilt: float) -> Point:
    turn = math.radians(tilt)
    return (PIVOT[0] + along * math.cos(turn), PIVOT[1] - along * math.sin(turn))


def _paint(board: Board, scene: _Scene) -> None:
    board.text((640, 90), "Рычаг в равновесии", 46, BRAND, weight=650)
    x, y = PIVOT
    board.polygon([(x, y + 4), (x - 56, y + 150), (x + 56, y + 150)], FAINT)
    board.line([(x - 100, y + 150), (x + 100, y + 150)], INK, 4)
    board.line([_on_beam(LEFT_END, scene.tilt), _on_beam(RIGHT_END, scene.tilt)], BRAND, 14)
    for mark in (-1, 1, 2):
        at = _on_beam(mark * TEN_CM, scene.tilt)
        board.dot(at, 5, BRAND_SOFT)
    board.dot(PIVOT, 9, INK)
    _weight(board, _on_beam(-TEN_CM, scene.tilt), "4 Н", 84)
    if scene.arm:
        _weight(board, _on_beam(scene.arm / 10 * TEN_CM, scene.tilt), "2 Н", 62)
    if scene.answer:
        _answer(board)


def _weight(board: Board, at: Point, words: str, side: float) -> None:
    x, y = at
    board.line([(x, y), (x, y + 60)], INK, 3)
    board.box((x - side / 2, y + 60), (side, side), WARM_SOFT, WARM, 6)
    board.text((x, y + 60 + side / 2 + 10), words, 28, weight=600)


def _answer(board: Board) -> None:
    level = PIVOT[1] - 44
    for end, words in ((-TEN_CM, "10 см"), (2 * TEN_CM, "20 см")):
        middle = PIVOT[0] + end / 2
        board.arrow((middle, level), (PIVOT[0] + end, level), QUIET, 2)
        board.arrow((middle, level), (PIVOT[0], level), QUIET, 2)
        board.text((middle, level - 16), words, 28, QUIET)
    board.text((640, 560), "4 Н · 10 см = 2 Н · 20 см", 44, INK, weight=600)
    board.text((640, 630), "Моменты сил равны — рычаг в равновесии", 34, QUIET)


FILM = Film(
    name="lever",
    seconds=13,
    state=_state,
    paint=_paint,
    captions=(
        Caption(0, 3.2, "Груз 4 ньютона на плече 10 сантиметров перевешивает."),
        Caption(3.4, 5.5, "Справа 2 ньютона на таком же плече: мало."),
        Caption(5.6, 8.8, "Отодвигаем груз: его плечо растёт, рычаг выравнивается."),
        Caption(9, 13, "Сила вдвое меньше — плечо вдвое больше. Моменты сил равны."),
    ),
    poster_at=11,
)
