"""The journal of a course on paper: marks by day, then what was taught and set."""

from datetime import date

from school.core.languages import gettext as _
from school.gradebook.codes import Codes, legend
from school.reports.papers.figures import NAME, of_period
from school.reports.printing import Block, Column, Leaf, Paper, Row, Sign, Signatures, Table, Value, Words
from school.reports.seen import JournalBook, JournalDay

DAYS_A_PAGE = 30


def printed_journal(book: JournalBook) -> Paper:
    """Thirty lessons a page; after the last the marks of the term."""
    held = [day for day in book.days if day.is_held]
    pieces = [held[n : n + DAYS_A_PAGE] for n in range(0, len(held), DAYS_A_PAGE)] or [[]]
    where = f"{book.course.title}, {book.course.group}, {of_period(book.period)}"
    leaves = [
        Leaf(_("Journal: marks and absences"), where, _marks(book, piece, is_last=piece is pieces[-1]))
        for piece in pieces
    ]
    topics = tuple(
        Row(
            (
                _short(day.on_date),
                day.slot,
                day.topic if day.is_held else _("cancelled"),
                day.homework,
            )
        )
        for day in book.days
    )
    columns = (
        Column(_("Date"), 7),
        Column(_("Lesson"), 6),
        Column(_("Topic"), 40, "start"),
        Column(_("Homework set"), 40, "start"),
    )
    last: list[Block] = [Table("", columns, topics)] if topics else [Words(_("There were no lessons in this period."))]
    last.append(Signatures(((_("Teacher"), book.course.teachers), (_("Checked by the deputy head"), ""))))
    leaves.append(Leaf(_("Journal: topics and homework"), where, tuple(last)))
    return Paper(
        name=f"journal {book.course.title} {book.course.group} {book.period.word}",
        title=_("Printed journal"),
        school=book.school,
        leaves=tuple(leaves),
        is_wide=True,
    )


def _marks(book: JournalBook, days: list[JournalDay], *, is_last: bool) -> tuple[Block, ...]:
    columns = (
        Column("№", 3),
        Column(_("Pupil"), NAME, "start"),
        *(Column(_short(day.on_date), 5, upright=True) for day in days),
        *((Column(_("Mark of the term"), 6, upright=True),) if is_last else ()),
    )
    rows = []
    for number, pupil in enumerate(book.pupils, 1):
        cells: list[Value] = [book.cells.get((pupil.id, day.id)) for day in days]
        if is_last:
            final = book.finals.get(pupil.id)
            cells.append(Sign(final) if final is not None else None)
        rows.append(Row((number, pupil.short_name, *cells)))
    return (
        Table("", columns, tuple(rows), small=True),
        *(Words(_signs(codes), "note") for codes in book.codes),
    )


def _signs(codes: Codes) -> str:
    """What stands in the cells in place of a mark."""
    if not codes.prints_all:
        words = _("«%(code)s»: absent; «%(code)s/4»: absent, the work was done later.", code=codes.unknown)
        return str(words)
    shown = "; ".join(f"«{code}»: {words}" for code, words in legend(codes))
    return f"{shown}; " + str(_("«%(code)s/4»: absent, the work was done later.", code=codes.unknown))


def _short(day: date) -> str:
    return f"{day:%d.%m}"
