"""The school in a period: results and absences of all classes side by side."""

from fractions import Fraction
from typing import Any

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
    tally_opened,
)
from school.reports.printing import Column, Leaf, Paper, Row, Table, Value, Words, opening
from school.reports.scale import share
from school.reports.seen import NOTHING_MISSED, ClassLine, SchoolBook, Tallied


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
        rows += [Row(_cells(book, one)) for one in some]
        if len(some) > 1:
            rows.append(Row(_together(book, _("All classes of year %(n)s", n=level), some, level), is_total=True))
    rows.append(Row(_together(book, _("The school"), list(book.classes)), is_total=True))
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
                (_tallies(book, _("By subject"), _("Subject"), "subject", book.subjects), Words(how_counted(), "note")),
            ),
            Leaf(
                _("Results by teacher"),
                of_period(book.period),
                (_tallies(book, _("By teacher"), _("Teacher"), "teacher", book.teachers), Words(how_counted(), "note")),
            ),
        ),
        is_wide=True,
    )


def school_absences(book: SchoolBook) -> Paper:
    """A line a class."""
    rows = [Row(_away(book, one)) for one in book.classes]
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


BEHIND = ("pupils", "excellent", "good", "one-three", "failing", "counted", "counted", "counted", "counted")
"""Which pupils stand behind each figure of a line, in the order of the columns."""


def _of_class(book: SchoolBook, one: ClassLine) -> dict[str, Any]:
    return {"school_id": book.school_id, "group_id": one.class_id, "period": book.period.word.rpartition("-")[2]}


def _cells(book: SchoolBook, one: ClassLine) -> tuple[Value, ...]:
    figures: tuple[Value, ...] = (
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
    of = _of_class(book, one)
    return (
        opening(one.name, "reports.of_class", kind="class-teacher", **of),
        *(opening(value, "reports.class_rows", what=what, **of) for what, value in zip(BEHIND, figures, strict=True)),
    )


def _away(book: SchoolBook, one: ClassLine) -> tuple[Value, ...]:
    figures = (one.pupils, *missed_cells(one.missed), _each(one))
    of = _of_class(book, one)
    return one.name, *(opening(value, "reports.of_class", kind="absences", **of) for value in figures)


def _together(book: SchoolBook, name: str, some: list[ClassLine], level: int | None = None) -> tuple[Value, ...]:
    counted = sum(one.pupils - one.without for one in some)
    excellent, good = sum(one.excellent for one in some), sum(one.good for one in some)
    failing = sum(one.failing for one in some)
    tally = sum_of(one.tally for one in some)
    figures: tuple[Value, ...] = (
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
    of: dict[str, Any] = {"school_id": book.school_id, "period": book.period.word}
    if level is not None:
        of["level"] = level
    return (
        name,
        *(opening(value, "reports.school_rows", what=what, **of) for what, value in zip(BEHIND, figures, strict=True)),
    )


def _tallies(book: SchoolBook, caption: str, head: str, by: str, lines: tuple[Tallied, ...]) -> Table:
    everything = sum_of(one.tally for one in lines)
    of = {"school_id": book.school_id, "period": book.period.word}
    rows = [Row((one.name, *tally_opened(one.tally, "reports.journal_rows", **{by: one.id}, **of))) for one in lines]
    rows.append(Row((_("All together"), *tally_cells(everything)), is_total=True))
    return Table(caption, (Column(head, 26, "start"), *tally_columns()), tuple(rows))


def _each(one: ClassLine) -> Value:
    return mean(Fraction(one.missed.lessons, one.pupils) if one.pupils else None)
