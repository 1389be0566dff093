"""The school in a period: results and absences of all classes side by side."""

from fractions import Fraction

from school.core.languages import gettext as _
from school.reports.papers.absences import day_note
from school.reports.papers.figures import (
    how_counted,
    mean,
    missed_cells,
    missed_columns,
    of_period,
    percent,
    sum_of,
    tally_cells,
    tally_columns,
)
from school.reports.printing import Column, Leaf, Paper, Row, Table, Value, Words
from school.reports.scale import Tally, share
from school.reports.seen import NOTHING_MISSED, ClassLine, SchoolBook


def school_results(book: SchoolBook) -> Paper:
    """By class with sums by year level, by subject, by teacher."""
    columns = (
        Column(_("Class"), 12, "start"),
        Column(_("Pupils"), 7),
        Column(_("Excellent"), 8),
        Column(_("Good"), 8),
        Column(_("with one 3"), 8),
        Column(_("Not passing"), 8),
        Column(_("Pass rate"), 9),
        Column(_("Quality"), 9),
        Column(_("SOU"), 8),
        Column(_("Mean"), 7),
    )
    rows: list[Row] = []
    for level in sorted({one.year_level for one in book.classes}):
        some = [one for one in book.classes if one.year_level == level]
        rows += [Row(_cells(one)) for one in some]
        if len(some) > 1:
            rows.append(Row(_together(_("All classes of year %(n)s", n=level), some), is_total=True))
    rows.append(Row(_together(_("The school"), list(book.classes)), is_total=True))
    return Paper(
        name=f"school results {book.period.word}",
        title=_("Results of the school"),
        school=book.school,
        leaves=(
            Leaf(
                _("Results of the school"),
                of_period(book.period),
                (
                    Table(_("By class"), columns, tuple(rows)),
                    Words(
                        _(
                            "Pass rate and quality of a class count pupils: nobody's 2 or «н/а», only fives and fours. SOU and mean count marks."
                        ),
                        "note",
                    ),
                ),
            ),
            Leaf(
                _("Results by subject"),
                of_period(book.period),
                (_tallies(_("By subject"), _("Subject"), book.subjects), Words(how_counted(), "note")),
            ),
            Leaf(
                _("Results by teacher"),
                of_period(book.period),
                (_tallies(_("By teacher"), _("Teacher"), book.teachers), Words(how_counted(), "note")),
            ),
        ),
        is_wide=True,
    )


def school_absences(book: SchoolBook) -> Paper:
    """A line a class."""
    rows = [Row((one.name, one.pupils, *missed_cells(one.missed), _each(one))) for one in book.classes]
    everybody = sum((one.missed for one in book.classes), NOTHING_MISSED)
    pupils = sum(one.pupils for one in book.classes)
    rows.append(
        Row(
            (
                _("The school"),
                pupils,
                *missed_cells(everybody),
                mean(Fraction(everybody.lessons, pupils) if pupils else None),
            ),
            is_total=True,
        )
    )
    columns = (
        Column(_("Class"), 14, "start"),
        Column(_("Pupils"), 7),
        *missed_columns(),
        Column(_("Lessons per pupil"), 9),
    )
    return Paper(
        name=f"school absences {book.period.word}",
        title=_("Absences of the school"),
        school=book.school,
        leaves=(
            Leaf(
                _("Absences of the school"),
                of_period(book.period),
                (Table("", columns, tuple(rows)), Words(day_note(), "note")),
            ),
        ),
    )


def _cells(one: ClassLine) -> tuple[Value, ...]:
    return (
        one.name,
        one.pupils,
        one.excellent,
        one.good,
        one.one_three,
        one.failing,
        percent(one.passing),
        percent(one.quality),
        percent(one.tally.learnedness),
        mean(one.tally.mean),
    )


def _together(name: str, some: list[ClassLine]) -> tuple[Value, ...]:
    counted = sum(one.pupils - one.without for one in some)
    excellent, good = sum(one.excellent for one in some), sum(one.good for one in some)
    failing = sum(one.failing for one in some)
    tally = sum_of(one.tally for one in some)
    return (
        name,
        sum(one.pupils for one in some),
        excellent,
        good,
        sum(one.one_three for one in some),
        failing,
        percent(share(counted - failing, counted)),
        percent(share(excellent + good, counted)),
        percent(tally.learnedness),
        mean(tally.mean),
    )


def _tallies(caption: str, head: str, lines: tuple[tuple[str, Tally], ...]) -> Table:
    everything = sum_of(tally for _name, tally in lines)
    rows = [Row((name, *tally_cells(tally))) for name, tally in lines]
    rows.append(Row((_("All together"), *tally_cells(everything)), is_total=True))
    return Table(caption, (Column(head, 26, "start"), *tally_columns()), tuple(rows))


def _each(one: ClassLine) -> Value:
    return mean(Fraction(one.missed.lessons, one.pupils) if one.pupils else None)
