"""Even motion: a cart on its way and the graph of its path, drawn together."""

from dataclasses import dataclass

from school.demo.videos.board import BRAND, BRAND_SOFT, FAINT, INK, QUIET, WARM, Board
from school.demo.videos.film import Caption, Film

SPEED = 2
TRACK_LEFT, METRE, TRACK = 130.0, 60.0, 250.0
X0, Y0, SECOND, GRAPH_METRE = 190.0, 650.0, 62.0, 17.0
LAST = 8


@dataclass(frozen=True, slots=True)
class _Scene:
    time: float
    answer: bool


def _state(now: float) -> _Scene:
    return _Scene(time=round(min(LAST, max(0.0, now - 1.5)), 3), answer=now >= 10)


def _paint(board: Board, scene: _Scene) -> None:
    board.text((640, 80), "Равномерное движение: путь и график", 42, BRAND, weight=650)
    _track(board, scene.time)
    _graph(board, scene.time)
    if scene.answer:
        board.text((1000, 470), "v = s : t", 40)
        board.text((1000, 530), "v = 16 м : 8 с", 36)
        board.text((1000, 590), "v = 2 м/с", 44, WARM, weight=650)


def _track(board: Board, time: float) -> None:
    board.line([(TRACK_LEFT - 30, TRACK), (TRACK_LEFT + 17.5 * METRE, TRACK)], INK, 4)
    for metre in range(0, 17, 2):
        x = TRACK_LEFT + metre * METRE
        board.line([(x, TRACK), (x, TRACK + 12)], INK, 2)
        board.text((x, TRACK + 42), str(metre), 22, QUIET)
    board.text((TRACK_LEFT + 17.4 * METRE, TRACK + 42), "м", 22, QUIET)
    x = TRACK_LEFT + SPEED * time * METRE
    for second in range(int(time) + 1):
        board.dot((TRACK_LEFT + SPEED * second * METRE, TRACK), 6, WARM)
    board.box((x - 66, TRACK - 66), (66, 44), BRAND_SOFT, BRAND, 8)
    for wheel in (x - 50, x - 16):
        board.dot((wheel, TRACK - 14), 13, INK)
        board.dot((wheel, TRACK - 14), 5, BRAND_SOFT)
    board.text((TRACK_LEFT - 30, TRACK - 100), f"t = {int(time)} с", 30, anchor="start")


def _graph(board: Board, time: float) -> None:
    for second in range(1, LAST + 1):
        board.line([(X0 + second * SECOND, Y0), (X0 + second * SECOND, Y0 - 16.5 * GRAPH_METRE)], FAINT, 1.5)
        board.text((X0 + second * SECOND, Y0 + 34), str(second), 22, QUIET)
    for metre in range(4, 17, 4):
        board.line([(X0, Y0 - metre * GRAPH_METRE), (X0 + 8.3 * SECOND, Y0 - metre * GRAPH_METRE)], FAINT, 1.5)
        board.text((X0 - 14, Y0 - metre * GRAPH_METRE + 8), str(metre), 22, QUIET, "end")
    board.arrow((X0, Y0), (X0 + 9 * SECOND, Y0), INK, 3)
    board.arrow((X0, Y0), (X0, Y0 - 19 * GRAPH_METRE), INK, 3)
    board.text((X0 + 9 * SECOND + 10, Y0 + 6), "t, с", 24, anchor="start")
    board.text((X0 + 18, Y0 - 18.2 * GRAPH_METRE), "s, м", 24, anchor="start")
    end = (X0 + time * SECOND, Y0 - SPEED * time * GRAPH_METRE)
    if time:
        board.line([(X0, Y0), end], BRAND, 5)
    for second in range(int(time) + 1):
        board.dot((X0 + second * SECOND, Y0 - SPEED * second * GRAPH_METRE), 7, WARM)


FILM = Film(
    name="motion",
    seconds=13,
    state=_state,
    paint=_paint,
    captions=(
        Caption(0, 1.5, "Тележка едет равномерно."),
        Caption(1.6, 5.5, "Каждую секунду она проходит два метра. Отмечаем путь на графике."),
        Caption(5.6, 9.8, "Точки ложатся на прямую: равные пути за равное время."),
        Caption(10, 13, "Делим путь на время: скорость — 2 метра в секунду."),
    ),
    poster_at=11,
)
