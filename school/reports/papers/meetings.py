"""Листки к родительскому собранию: a slip a child, cut apart and given to the parents, so that nobody hears another's marks."""

from school.core.languages import gettext as _
from school.core.languages import language, ngettext
from school.reports.papers.figures import mean, of_period
from school.reports.printing import Block, Column, Leaf, Paper, Row, Sign, Table, Words
from school.reports.queries.families import slips_of
from school.reports.seen import NOTHING_MISSED, ClassBook, Missed


def meeting_slips(book: ClassBook) -> Paper:
    """Marks so far by subject, the mean and the mark of the term, and what was missed."""
    slips = slips_of(book, language())
    columns = (
        Column(_("Subject"), 20, "start"),
        Column(_("Marks"), 44, "start"),
        Column(_("Mean"), 7),
        Column(_("Mark of the term"), 9),
    )
    leaves = []
    for pupil in book.roll:
        rows = tuple(
            Row((one.title, one.marks, mean(one.mean), Sign(one.final) if one.final is not None else None))
            for one in slips.get(pupil.id, [])
        )
        blocks: list[Block] = [Table("", columns, rows, small=True)] if rows else [Words(_("No marks yet."))]
        blocks.append(Words(_missed(book.missed.get(pupil.id, NOTHING_MISSED))))
        leaves.append(Leaf(f"{pupil.short_name}, {book.name}", of_period(book.period), tuple(blocks)))
    return Paper(
        name=f"meeting {book.name} {book.period.word}",
        title=_("Slips for the parents' meeting"),
        school=book.school,
        leaves=tuple(leaves),
        are_slips=True,
    )


def _missed(missed: Missed) -> str:
    if not missed.lessons and not missed.late:
        return _("Missed nothing. * marks of control works.")
    words = []
    if missed.lessons:
        words.append(ngettext("missed %(num)s lesson", "missed %(num)s lessons", missed.lessons))
    if missed.unexplained:
        words.append(ngettext("%(num)s without a reason", "%(num)s without a reason", missed.unexplained))
    if missed.late:
        words.append(ngettext("late %(num)s time", "late %(num)s times", missed.late))
    return ", ".join(words).capitalize() + ". " + _("* marks of control works.")
