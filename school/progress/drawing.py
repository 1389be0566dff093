"""The map of topics as the rows of a table. A class is two thousand cells: they are put together as text, once for a map."""

from functools import lru_cache

from markupsafe import Markup, escape

from school.core.languages import language
from school.mastery.estimate.standing import Standing
from school.mastery.queries import Grid, Seen
from school.progress import words
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
