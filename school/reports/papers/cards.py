"""Табель: what a family holds in its hands at the end of a period. Only marks that families have been shown."""

from school.core.languages import gettext as _
from school.reports.papers.figures import of_period
from school.reports.papers.summaries import year_kinds
from school.reports.printing import Column, Facts, Leaf, Paper, Row, Sign, Signatures, Table, Value, Words
from school.reports.queries.families import Finals, cards_of
from school.reports.seen import NOTHING_MISSED, ClassBook, Pupil


def cards(book: ClassBook) -> Paper:
    """A card for each pupil on the roll."""
    finals = cards_of(book)
    return Paper(
        name=f"report cards {book.name} {book.period.word}",
        title=_("Report cards"),
        school=book.school,
        leaves=tuple(_leaf(book, pupil, finals) for pupil in book.roll),
    )


def card(book: ClassBook, pupil: Pupil, finals: Finals) -> Paper:
    """One pupil's."""
    return Paper(
        name=f"report card {pupil.short_name}",
        title=_("Report card"),
        school=book.school,
        leaves=(_leaf(book, pupil, finals),),
    )


def _leaf(book: ClassBook, pupil: Pupil, finals: Finals) -> Leaf:
    groups = {group_id for pupil_id, group_id in book.learns if pupil_id == pupil.id}
    marked = {subject_id for subject_id, _title in book.marked_subjects()}
    learned = {(one.subject_id, one.title) for one in book.courses if one.group_id in groups}
    own = sorted((one for one in learned if one[0] in marked), key=lambda one: one[1])
    given = {kind for _pupil, _subject, kind in finals}
    kinds = [one for one in year_kinds() if book.period.is_year and (one[0] == "year" or one[0] in given)]
    columns = (
        Column(_("Subject"), 30, "start"),
        *(Column(term.name, 10) for term in book.period.terms),
        *(Column(words, 8) for _kind, words in kinds),
    )
    rows = []
    for subject_id, title in own:
        cells: list[Value] = []
        for term in book.period.terms:
            found = finals.get((pupil.id, subject_id, term.id))
            cells.append(Sign(found) if found is not None else None)
        for kind, _words in kinds:
            found = finals.get((pupil.id, subject_id, kind))
            cells.append(Sign(found) if found is not None else None)
        rows.append(Row((title, *cells)))
    missed = book.missed.get(pupil.id, NOTHING_MISSED)
    return Leaf(
        _("Report card"),
        of_period(book.period),
        (
            Facts(((_("Pupil"), pupil.full_name), (_("Class"), book.name))),
            Table("", columns, tuple(rows)),
            Facts(
                (
                    (_("Days missed"), missed.days),
                    (_("Lessons not attended"), missed.lessons),
                    (_("of them ill"), missed.ill),
                    (_("no reason"), missed.unexplained),
                )
            ),
            Words(_("An empty cell: no mark has been set yet."), "note"),
            Signatures(((_("Class teacher"), book.leader), (_("Parent"), ""))),
        ),
    )
