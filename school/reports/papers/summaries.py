"""Сводные ведомости: every pupil and subject of a class, of a term and of a year."""

from fractions import Fraction
from typing import Any

from school.core.languages import gettext as _
from school.reports.papers.absences import of_pupil
from school.reports.papers.figures import (
    NAME,
    how_counted,
    mean,
    of_class,
    pupil_opened,
    sign,
    sum_of,
    unsure_note,
)
from school.reports.printing import (
    Block,
    Column,
    Leaf,
    Mean,
    Paper,
    Row,
    Sign,
    Signatures,
    Table,
    Value,
    Words,
    opening,
)
from school.reports.scale import NOT_ATTESTED, Tally, percent, year_mean
from school.reports.seen import NOTHING_MISSED, ClassBook, Pupil


def period_summary(book: ClassBook) -> Paper:
    """Of a term; of the year: as it stands in the last begun term."""
    subjects = book.marked_subjects()
    term = book.period.terms[-1]
    columns = (
        Column("№", 3),
        Column(_("Pupil"), NAME, "start"),
        *(Column(title, 4, upright=True) for _id, title in subjects),
        Column(_("Mean"), 6, upright=True),
        Column(_("Days missed"), 5, upright=True),
        Column(_("Lessons not attended"), 5, upright=True),
    )
    rows = []
    for number, pupil in enumerate(book.roll, 1):
        results = book.last_results(pupil, subjects)
        missed = book.missed.get(pupil.id, NOTHING_MISSED)
        tally = Tally.of(one.sign for one in results if one is not None)
        rows.append(
            Row(
                (
                    number,
                    pupil_opened(pupil.short_name, book.school_id, pupil.id),
                    *marks_opened(book, pupil, subjects),
                    mean(tally.mean),
                    opening(missed.days or None, "reports.missed", **of_pupil(book, pupil)),
                    opening(missed.lessons or None, "reports.missed", **of_pupil(book, pupil)),
                )
            )
        )
    tallies = [book.tally(subject_id, term) for subject_id, _title in subjects]
    everything = sum_of(tallies)
    all_missed = sum((book.missed.get(pupil.id, NOTHING_MISSED) for pupil in book.roll), NOTHING_MISSED)
    feet: list[tuple[str, str, list[Value], Value]] = [
        ("«5»", "5", [one.fives for one in tallies], everything.fives),
        ("«4»", "4", [one.fours for one in tallies], everything.fours),
        ("«3»", "3", [one.threes for one in tallies], everything.threes),
        ("«2»", "2", [one.twos for one in tallies], everything.twos),
        ("н/а", NOT_ATTESTED, [one.away for one in tallies], everything.away),
        (_("Pass rate, per cent"), "", [_whole(one.passing) for one in tallies], _whole(everything.passing)),
        (_("Quality, per cent"), "", [_whole(one.quality) for one in tallies], _whole(everything.quality)),
        (_("SOU, per cent"), "", [_whole(one.learnedness) for one in tallies], _whole(everything.learnedness)),
        (_("Mean"), "", [mean(one.mean) for one in tallies], mean(everything.mean)),
    ]
    for name, counted, shares, last in feet:
        opened = (
            opening(
                one, "reports.class_rows", subject=subject_id, **({"sign": counted} if counted else {}), **of_book(book)
            )
            for one, (subject_id, _title) in zip(shares, subjects, strict=True)
        )
        rows.append(Row((None, name, *opened, last, None, None), is_total=True))
    rows.append(
        Row(
            (None, _("Missed by all"), *(None for _one in tallies), None, all_missed.days, all_missed.lessons),
            is_total=True,
        )
    )
    return Paper(
        name=f"summary {book.name} {book.period.word}",
        title=_("Summary sheet"),
        school=book.school,
        leaves=(
            Leaf(
                _("Summary sheet"),
                of_class(book),
                (
                    Table("", columns, tuple(rows), small=True),
                    *_notes(unsure_note(book), how_counted()),
                    Signatures(((_("Class teacher"), book.leader), (_("Deputy head"), ""))),
                ),
            ),
        ),
        is_wide=True,
        is_sheet=True,
    )


def of_book(book: ClassBook) -> dict[str, Any]:
    """The address of what stands behind a class's figures."""
    return {"school_id": book.school_id, "group_id": book.class_id, "period": book.period.word}


def marks_opened(book: ClassBook, pupil: Pupil, subjects: tuple[tuple[int, str], ...]) -> list[Value]:
    """What stands for a pupil, each mark a way to the marks it is made of."""
    results = book.last_results(pupil, subjects)
    return [
        opening(sign(one), "progress.subject", school_id=book.school_id, pupil_id=pupil.id, subject_id=subject_id)
        for one, (subject_id, _title) in zip(results, subjects, strict=True)
    ]


def year_summary(book: ClassBook) -> Paper:
    """A line a pupil and term, as in the paper journal: terms one under another, then their mean."""
    subjects = book.marked_subjects()
    columns = (
        Column("№", 3),
        Column(_("Pupil"), NAME, "start"),
        Column(_("Period"), 9, "start"),
        *(Column(title, 4, upright=True) for _id, title in subjects),
    )
    rows: list[Row] = []
    for number, pupil in enumerate(book.roll, 1):
        for place, term in enumerate(book.period.terms):
            cells = [
                opening(
                    sign(book.result(pupil, subject_id, term)),
                    "progress.subject",
                    school_id=book.school_id,
                    pupil_id=pupil.id,
                    subject_id=subject_id,
                )
                for subject_id, _title in subjects
            ]
            head = (number, pupil_opened(pupil.short_name, book.school_id, pupil.id)) if place == 0 else (None, None)
            rows.append(Row((*head, term.name, *cells)))
        means = [_year(book, pupil, subject_id) for subject_id, _title in subjects]
        rows.append(Row((None, None, _("mean of the year"), *means), is_total=True))
        for kind, words in year_kinds():
            marks = [book.year_marks.get((pupil.id, subject_id, kind)) for subject_id, _title in subjects]
            if any(marks):
                cells = [Sign(one) if one is not None else None for one in marks]
                rows.append(Row((None, None, words, *cells), is_total=True))
    note = _(
        "The mean of the year counts marks that are set. The mark of the year is set by the teacher by the school's act."
    )
    return Paper(
        name=f"year summary {book.name}",
        title=_("Summary sheet of the year"),
        school=book.school,
        leaves=(
            Leaf(
                _("Summary sheet of the year"),
                of_class(book),
                (
                    Table("", columns, tuple(rows), small=True),
                    *_notes(unsure_note(book), note),
                    Signatures(((_("Class teacher"), book.leader), (_("Deputy head"), ""))),
                ),
            ),
        ),
        is_wide=True,
        is_sheet=True,
    )


def year_kinds() -> tuple[tuple[str, str], ...]:
    """The marks that close a year, in the order of the paper journal."""
    return ("year", _("Year")), ("exam", _("Exam")), ("final", _("Final"))


def _year(book: ClassBook, pupil: Pupil, subject_id: int) -> Value:
    results = [book.result(pupil, subject_id, term) for term in book.period.terms]
    marks = [one.value for one in results if one is not None and one.is_set and one.value is not None]
    found = year_mean(marks)
    return Mean(found) if found is not None else None


def _whole(share: Fraction | None) -> Value:
    """A share in whole per cent: a narrow column has no room for more; the class teacher's report has it."""
    return None if share is None else int(percent(share, 0))


def _notes(*texts: str) -> tuple[Block, ...]:
    return tuple(Words(text, "note") for text in texts if text)
