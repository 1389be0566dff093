"""Отчёт учителя-предметника за период."""

from typing import Any

from school.core.languages import gettext as _
from school.reports.papers.figures import (
    how_counted,
    mean,
    of_period,
    sum_of,
    tally_cells,
    tally_columns,
    tally_opened,
)
from school.reports.printing import Block, Column, Leaf, Paper, Row, Signatures, Table, Words, opening
from school.reports.seen import TaughtCourse, TeacherBook


def of_journal(book: TeacherBook, one: TaughtCourse) -> dict[str, Any]:
    """The address of what stands behind a journal's figures in the period."""
    return {"school_id": book.school_id, "course_id": one.course.id, "period": book.period.word.rpartition("-")[2]}


def of_grid(book: TeacherBook, one: TaughtCourse) -> dict[str, Any]:
    """The journal itself in the last term of the period."""
    return {"school_id": book.school_id, "course_id": one.course.id, "term": book.period.terms[-1].number}


def teacher_report(book: TeacherBook) -> Paper:
    """Each course: lessons of the plan and held, pupils, marks, shares."""
    columns = (
        Column(_("Subject"), 17, "start"),
        Column(_("Class"), 12, "start"),
        Column(_("Lessons planned"), 8),
        Column(_("held"), 6),
        Column(_("Pupils"), 7),
        *tally_columns(),
        Column(_("Mean in lessons"), 8),
        Column(_("Marks put"), 7),
    )
    rows = [
        Row(
            (
                one.course.title,
                one.course.group,
                one.course.planned,
                opening(one.course.held, "reports.journal", **of_journal(book, one)),
                opening(one.pupils, "reports.course_rows", **of_journal(book, one)),
                *tally_opened(one.tally, "reports.course_rows", **of_journal(book, one)),
                opening(mean(one.lessons_mean), "gradebook.grid", **of_grid(book, one)),
                opening(one.marks, "gradebook.grid", **of_grid(book, one)),
            )
        )
        for one in book.courses
    ]
    everything = sum_of(one.tally for one in book.courses)
    rows.append(
        Row(
            (
                _("All courses"),
                None,
                sum(one.course.planned for one in book.courses),
                sum(one.course.held for one in book.courses),
                sum(one.pupils for one in book.courses),
                *tally_cells(everything),
                None,
                sum(one.marks for one in book.courses),
            ),
            is_total=True,
        )
    )
    blocks: list[Block] = [Table("", columns, tuple(rows)), Words(how_counted(), "note")]
    if any(one.is_preliminary for one in book.courses):
        blocks.append(
            Words(
                _("Where marks of the period are not set yet, what the school's act makes of the mean is counted."),
                "note",
            )
        )
    if not book.courses:
        blocks = [Words(_("There were no courses in this period."))]
    blocks.append(Signatures(((_("Teacher"), book.teacher),)))
    return Paper(
        name=f"teacher {book.teacher} {book.period.word}",
        title=_("Subject teacher's report"),
        school=book.school,
        leaves=(Leaf(_("Subject teacher's report"), f"{book.teacher}, {of_period(book.period)}", tuple(blocks)),),
        is_wide=True,
    )
