"""What progress shows as tables to take away: the map of topics, a pupil's marks, the forecast, diagnostics."""

from collections.abc import Sequence

from school.core.languages import gettext as _
from school.core.sheets import Cell, Sheet
from school.progress import words
from school.progress.comparing import Mean
from school.progress.queries import SubjectProgress
from school.progress.queries.forecast import CourseForecast
from school.progress.queries.goal_lines import GoalLine
from school.progress.queries.outside import Compared, PupilLine
from school.progress.queries.topic_map import TopicMap

HUNDRED = 100


def _once(said: str) -> str:
    """A text of the templates, where a per cent sign stands twice because every text is filled in."""
    return said % {}


def of_topics(found: TopicMap) -> list[Sheet]:
    """A row a pupil, a column a topic; what nothing is known of stays empty. Standings in words on a second sheet."""
    chances: list[list[Cell]] = []
    standings: list[list[Cell]] = []
    for pupil in found.pupils:
        seen = [found.grid.cells.get((pupil.id, one.id)) for one in found.grid.topics]
        name = pupil.short_name
        chances.append(
            [name, *(words.per_cent(one.estimate.chance) if one and one.estimate.n else None for one in seen)]
        )
        standings.append([name, *(words.standing_said(one.standing) if one else None for one in seen)])
    heads = [str(_("Pupil")), *(one.title for one in found.grid.topics)]
    return [
        Sheet(_once(_("Chances, %%")), heads, chances, has_tall_head=True),
        Sheet(str(_("In words")), heads, standings, has_tall_head=True),
    ]


def of_marks(found: SubjectProgress) -> list[Sheet]:
    """The line of a pupil's marks, day by day."""
    aim: list[Cell] = [_mean(found.aim.mean)] if found.aim else []
    rows: list[list[Cell]] = [
        [
            one.mark.on_date.isoformat(),
            one.mark.work,
            one.mark.point.value if one.mark.point else None,
            _mean(one.mean),
            *aim,
        ]
        for one in found.chart
    ]
    heads = [
        str(_("Day")),
        str(_("Kind of work")),
        str(_("Mark")),
        str(_("Average")),
        *([str(_("Goal"))] if aim else []),
    ]
    return [Sheet(str(_("Marks")), heads, rows)]


def of_forecast(found: CourseForecast) -> list[Sheet]:
    """Who may get what, where it may be told; and the curve of how such forecasts came true."""
    forecaster, sheets = found.forecaster, []
    if forecaster.is_good and not found.is_early:
        marks = (2, 3, 4, 5)
        heads = [str(_("Pupil")), str(_("Average")), str(_("Marks")), *(f"{one}, %" for one in marks)]
        sheets.append(
            Sheet(
                str(_("Forecast")),
                heads,
                [
                    [one.pupil.short_name, _mean(one.mean), one.marks, *_chances(dict(one.chances), marks)]
                    for one in found.lines
                ],
            )
        )
    honesty = forecaster.honesty
    curve = honesty.curve if honesty else ()
    sheets.append(
        Sheet(
            str(_("How such forecasts came true")),
            [_once(_("Foretold, %%")), _once(_("Came true, %%")), str(_("Cases"))],
            [[words.per_cent(foretold), words.per_cent(came), n] for foretold, came, n in curve],
        )
    )
    return sheets


def of_goals(lines: Sequence[GoalLine]) -> list[Sheet]:
    """A row a week, a column a goal."""
    days = sorted({day for line in lines for day, _won in line.points})
    won = [dict(line.points) for line in lines]
    heads = [str(_("By the end of the day")), *(f"{line.goal.name} ({line.goal.of})" for line in lines)]
    return [Sheet(str(_("Goals")), heads, [[day.isoformat(), *(one.get(day) for one in won)] for day in days])]


def _chances(known: dict[int, float], marks: tuple[int, ...]) -> list[Cell]:
    return [words.per_cent(known[one]) if one in known else None for one in marks]


def of_diagnostics(found: Compared) -> list[Sheet]:
    """Classes by name: means with half the width of their intervals beside them."""
    names = [_once(_("Result, %%")), _("School mark"), _("Mark above result"), _("Value added")]
    heads = [str(_("Class")), str(_("Pupils"))]
    for name in names:
        heads += [str(name), "±"]
    rows: list[list[Cell]] = []
    for one in found.lines:
        row: list[Cell] = [one.name, one.n]
        for mean in (one.percent, one.mark, one.gap, one.added):
            row += _with_half(mean)
        rows.append(row)
    notes = [_once(_("95 %% intervals; of fewer than five pupils nothing is told"))]
    return [Sheet(str(_("By class")), heads, rows, notes)]


def of_pupils(lines: Sequence[PupilLine]) -> list[Sheet]:
    """The rows behind the figures of a class."""
    heads = [_("Pupil"), _once(_("Result, %%")), _("School mark"), _("Mark above result"), _once(_("Earlier result, %%")), _("Value added")]  # fmt: skip
    rows: list[list[Cell]] = [
        [one.name, one.percent, _rounded(one.mark), _rounded(one.gap), one.before, _rounded(one.added)] for one in lines
    ]
    return [Sheet(str(_("Pupils")), [str(head) for head in heads], rows)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _with_half(mean: Mean | None) -> list[Cell]:
    return [None, None] if mean is None else [round(mean.value, 2), round(mean.half, 2)]


def _mean(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / HUNDRED
