"""The city's figures as tables to take away: the twelve with what each counts, and what is below by name."""

from school.core import clock
from school.core.days import clock_time, day_words
from school.core.languages import gettext as _
from school.core.languages import ngettext
from school.core.sheets import Cell, Sheet
from school.home.city import Figure, share_in
from school.home.queries.areas import Area, Branch


def of_branch(branch: Branch, figures: list[Figure]) -> list[Sheet]:
    """Two sheets; a hidden cell says so, and numbers are numbers."""
    here = branch.here
    counted = [counted_words(here)]
    twelve: list[list[Cell]] = [
        [one.name, one.value if one.amount is None else one.amount, one.change, one.n, one.meaning] for one in figures
    ]
    heads = [_("Figure"), _("Now"), _("Change over a week"), "n", _("What is counted")]
    below = [_("Pupils"), _("Lessons"), _("Attendance"), _("Marks"), _("Handed in")]
    name = _("Year level") if here.number else _("School") if here.district else _("District")
    return [
        Sheet(str(_("Twelve figures")), [str(one) for one in heads], twelve, counted),
        Sheet(str(name), [str(name), *map(str, below)], [_row(here, one) for one in branch.below], counted),
    ]


def counted_words(here: Area) -> str:
    """From how many rows, and when."""
    rows = ngettext("From %(num)s row of counts.", "From %(num)s rows of counts.", here.rows)
    day = day_words(clock.local(here.counted_at).date())
    return f"{rows} {_('Counted %(day)s at %(time)s.', day=day, time=clock_time(here.counted_at))}"


def _row(here: Area, one: Area) -> list[Cell]:
    name: Cell = one.year_level if here.number else one.name if here.district else one.district
    cells: list[float | None] = [
        one.get("pupils"),
        one.get("lessons"),
        share_in(one, "absences", "places", rest=True),
        one.get("marks"),
        share_in(one, "handed_in", "assigned"),
    ]
    return [name, *(str(_("hidden")) if cell is None else cell for cell in cells)]
