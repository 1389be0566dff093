"""The map of topics as the rows of a table. A class is two thousand cells: they are put together as text, once for a map."""

from functools import lru_cache

from markupsafe import Markup, escape

from school.core.languages import language
from school.mastery.estimate.standing import Standing
from school.mastery.queries import Grid, Seen
from school.progress import words
from school.progress.comparing import LEAST, limit
from school.progress.queries.outside import Compared
from school.progress.queries.topic_map import TopicMap

SIGNS = {Standing.FIRM: "●", Standing.MASTERED: "○", Standing.FADING: "↓"}
"""Beside the percentage, so that nothing is said by colour alone."""
SAID = {True: "✓", False: "✗", None: ""}
HALF = 0.55
"""Below it a topic is not within reach yet; see ``estimate.standing.LOST``."""


def drawn(found: TopicMap) -> Markup:
    """The body of the table: a row a pupil, a link to the evidence in each cell."""
    return _drawn(found.grid, tuple((str(one.id), one.short_name) for one in found.pupils), language())


@lru_cache(maxsize=64)
def _drawn(grid: Grid, pupils: tuple[tuple[str, str], ...], _locale: str) -> Markup:
    of = {(str(pupil), topic): seen for (pupil, topic), seen in grid.cells.items()}
    topics = [one.id for one in grid.topics]
    rows = []
    for pupil, name in pupils:
        cells = "".join(
            f'<td class="h-{tone(seen)}"><a href="topics/{topic}/pupils/{pupil}">{face(seen)}</a></td>'
            if (seen := of.get((pupil, topic))) is not None
            else "<td></td>"
            for topic in topics
        )
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>')
    return Markup("".join(rows))  # noqa: S704 - names are escaped above


def tone(seen: Seen) -> str:
    """Which of five tones a cell has."""
    match seen.standing:
        case Standing.FIRM | Standing.MASTERED:
            return str(seen.standing)
        case Standing.FADING:
            return "fading"
        case Standing.NOT_STARTED:
            return "none"
    return "learning" if seen.estimate.chance >= HALF else "weak"


def face(seen: Seen) -> str:
    """«82 ●»: the chance of a medium task in per cent, and the sign of the standing or of the teacher's word."""
    sign = SAID[seen.teacher_says] or SIGNS.get(seen.standing, "")
    shown = str(words.per_cent(seen.estimate.chance)) if seen.estimate.n else "–"
    return f"{shown}&nbsp;{sign}" if sign else shown


WIDTH, HEIGHT, EDGE = 640, 280, 40
GAINS = (1, 2, 5, 10, 20, 50)
"""Steps of the upright scale, percentage points: at most seven numbers stand on it."""


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "−") if points else "0"


def funnel(found: Compared) -> Markup | None:
    """Classes by size and value added, between the walls that chance alone makes. The table beside it says the same."""
    points = [(one.name, one.added) for one in found.lines if one.added is not None]
    if not points or not found.spread:
        return None
    most = max(one.n for _name, one in points) + 3
    top = 1.15 * max(limit(found.spread, LEAST), *(abs(one.value) for _name, one in points))

    def x(n: float) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (n - LEAST) / max(1, most - LEAST)

    def y(value: float) -> float:
        return HEIGHT / 2 - (HEIGHT / 2 - EDGE / 2) * value / top

    walls = "".join(
        '<polyline class="funnel-wall" points="{}"/>'.format(
            " ".join(f"{x(n):.0f},{y(sign * limit(found.spread, n)):.0f}" for n in range(LEAST, most + 1))
        )
        for sign in (1, -1)
    )
    dots = "".join(
        f'<circle class="funnel-dot" cx="{x(one.n):.0f}" cy="{y(one.value):.0f}" r="5"/>'
        f'<text class="funnel-name" x="{x(one.n) + 9:.0f}" y="{y(one.value) + 4:.0f}">{escape(name)}</text>'
        for name, one in points
    )
    middle = f'<line class="funnel-middle" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{HEIGHT // 2}" y2="{HEIGHT // 2}"/>'
    step = next(one for one in GAINS if top / one < 4)
    gains = "".join(
        f'<text class="funnel-name" text-anchor="end" x="{EDGE - 6}" y="{y(n) + 4:.0f}">{_signed(n)}</text>'
        for n in range(-step * int(top // step), int(top) + 1, step)
    )
    sizes = "".join(
        f'<text class="funnel-name" text-anchor="middle" x="{x(n):.0f}" y="{HEIGHT - 4}">{n}</text>'
        for n in range(LEAST, most + 1, 5)
    )
    return Markup(  # noqa: S704 - names are escaped above
        f'<svg class="funnel" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{walls}{middle}{dots}{gains}{sizes}</svg>'
    )
