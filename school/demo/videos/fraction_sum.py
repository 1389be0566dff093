"""Adding fractions on a segment: two sevenths and three sevenths."""

from dataclasses import dataclass

from school.demo.videos.board import BRAND, BRAND_SOFT, INK, QUIET, WARM, WARM_SOFT, Board
from school.demo.videos.film import Caption, Film, eased

LEFT, RIGHT, LEVEL = 150.0, 1130.0, 400.0
STEP = (RIGHT - LEFT) / 7


@dataclass(frozen=True, slots=True)
class _Scene:
    ticks: int
    first: float
    second: float
    question: bool
    answer: bool


def _state(now: float) -> _Scene:
    return _Scene(
        ticks=min(6, max(0, int((now - 1.5) / 0.25))),
        first=eased(now, 3.4, 4.9),
        second=eased(now, 5.6, 7.4),
        question=7.8 <= now < 10,
        answer=now >= 10,
    )


def _share(board: Board, start: float, length: float, colours: tuple[str, str], words: tuple[str, str]) -> None:
    """A coloured stretch of the segment with its fraction above."""
    soft, strong = colours
    if not length:
        return
    x, width = LEFT + start * STEP, length * STEP
    board.polygon([(x, LEVEL - 46), (x + width, LEVEL - 46), (x + width, LEVEL), (x, LEVEL)], soft)
    board.line([(x, LEVEL - 46), (x + width, LEVEL - 46)], strong, 4)
    if length == int(length):
        board.fraction((x + width / 2, LEVEL - 110), *words, 40, strong)


def _paint(board: Board, scene: _Scene) -> None:
    board.text((640, 110), "Сложение дробей на отрезке", 46, BRAND, weight=650)
    _share(board, 0, scene.first * 2, (BRAND_SOFT, BRAND), ("2", "7"))
    _share(board, 2, scene.second * 3, (WARM_SOFT, WARM), ("3", "7"))
    board.line([(LEFT, LEVEL), (RIGHT, LEVEL)], INK, 5)
    for tick in range(8):
        if tick in {0, 7} or tick <= scene.ticks:
            board.line([(LEFT + tick * STEP, LEVEL - 14), (LEFT + tick * STEP, LEVEL + 14)], INK, 3)
    board.text((LEFT, LEVEL + 60), "0", 34)
    board.text((RIGHT, LEVEL + 60), "1", 34)
    if scene.ticks >= 6:
        board.text((640, LEVEL + 64), "семь равных частей", 28, QUIET)
    if scene.question:
        board.text((640, 590), "Сколько седьмых всего?", 42)
    if scene.answer:
        _answer(board)


def _answer(board: Board) -> None:
    y = 565.0
    for x, top, colour in ((520, "2", BRAND), (640, "3", WARM), (760, "5", INK)):
        board.fraction((x, y), top, "7", 44, colour)
    board.text((580, y + 16), "+", 44)
    board.text((700, y + 16), "=", 44)
    board.text((640, 672), "Доли те же — складываем только их количество", 32, QUIET)


FILM = Film(
    name="fraction-sum",
    seconds=13,
    state=_state,
    paint=_paint,
    captions=(
        Caption(0, 3.2, "Разделим отрезок от нуля до единицы на семь частей."),
        Caption(3.3, 5.4, "Отложим от нуля две седьмых."),
        Caption(5.5, 7.7, "Продолжим: ещё три седьмых."),
        Caption(7.8, 9.9, "Сколько седьмых всего? Сосчитай сам."),
        Caption(10, 13, "Пять седьмых: части те же, их стало больше."),
    ),
    poster_at=11,
)
