"""Пропуски класса."""

from typing import Any

from school.core.languages import gettext as _
from school.reports.papers.figures import NAME, missed_cells, missed_columns, missed_opened, of_class, pupil_opened
from school.reports.printing import Column, Leaf, Paper, Row, Signatures, Table, Words
from school.reports.seen import NOTHING_MISSED, ClassBook, Pupil


def absence_sheet(book: ClassBook) -> Paper:
    """A line a pupil: whole days, lessons and why."""
    missed = {pupil.id: book.missed.get(pupil.id, NOTHING_MISSED) for pupil in book.roll}
    everybody = sum(missed.values(), NOTHING_MISSED)
    table = Table(
        "",
        (Column("№", 3), Column(_("Pupil"), NAME, "start"), *missed_columns()),
        (
            *(
                Row(
                    (
                        number,
                        pupil_opened(pupil.short_name, book.school_id, pupil.id),
                        *missed_opened(missed[pupil.id], "reports.missed", **of_pupil(book, pupil)),
                    )
                )
                for number, pupil in enumerate(book.roll, 1)
            ),
            Row((None, _("The whole class"), *missed_cells(everybody)), is_total=True),
        ),
    )
    return Paper(
        name=f"absences {book.name} {book.period.word}",
        title=_("Absences by pupil"),
        school=book.school,
        leaves=(
            Leaf(
                _("Absences by pupil"),
                of_class(book),
                (table, Words(day_note(), "note"), Signatures(((_("Class teacher"), book.leader),))),
            ),
        ),
    )


def of_pupil(book: ClassBook, pupil: Pupil) -> dict[str, Any]:
    """The address of what a pupil missed."""
    return {"school_id": book.school_id, "pupil_id": pupil.id, "period": book.period.word}


def day_note() -> str:
    """What a missed day is."""
    return _("A day counts as missed when all lessons of the pupil's own timetable on that day were missed.")
