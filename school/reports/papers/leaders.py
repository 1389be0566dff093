"""Отчёт классного руководителя за период."""

import uuid
from collections.abc import Mapping, Sequence

from school.core.languages import gettext as _
from school.reports.papers.figures import (
    NAME,
    how_counted,
    missed_cells,
    missed_columns,
    of_class,
    percent,
    sum_of,
    tally_cells,
    tally_columns,
    unsure_note,
)
from school.reports.printing import Block, Column, Facts, Leaf, Paper, Row, Signatures, Table, Words
from school.reports.scale import Standing, one_short, share, standing
from school.reports.seen import NOTHING_MISSED, ClassBook, Pupil


def leader_report(book: ClassBook) -> Paper:
    """How many there were, how they stand, by subject, who needs help, who was away."""
    subjects = book.marked_subjects()
    signs = {
        pupil.id: [one.sign if one is not None else None for one in book.last_results(pupil, subjects)]
        for pupil in book.roll
    }
    standings = {pupil.id: standing(signs[pupil.id]) for pupil in book.roll}
    found = list(standings.values())
    counted = len(found) - found.count(Standing.NONE)
    excellent, good, failing = (found.count(one) for one in (Standing.EXCELLENT, Standing.GOOD, Standing.FAILING))
    short = {pupil.id: one_short(signs[pupil.id]) for pupil in book.roll}
    term = book.period.terms[-1]
    tallies = [(title, book.tally(subject_id, term)) for subject_id, title in subjects]
    everything = sum_of(tally for _title, tally in tallies)
    facts = Facts(
        (
            (
                _("Pupils at the beginning of the period"),
                sum(one.is_here(book.period.starts_on) for one in book.pupils),
            ),
            (_("arrived"), sum(book.period.starts_on < one.from_on <= book.end for one in book.pupils)),
            (_("left"), sum(one.to_on is not None and one.to_on < book.end for one in book.pupils)),
            (_("Pupils at the end of the period"), len(book.roll)),
            (_("Excellent: only fives"), excellent),
            (_("Good: fives and fours"), good),
            (_("with one 4"), sum(one is not None and one[0] == 4 for one in short.values())),
            (_("with one 3"), sum(one is not None and one[0] == 3 for one in short.values())),
            (_("Not passing"), failing),
            (_("without marks of the period"), found.count(Standing.NONE)),
            (_("Pass rate of the class"), percent(share(counted - failing, counted))),
            (_("Quality of the class"), percent(share(excellent + good, counted))),
            (_("SOU by all marks"), percent(everything.learnedness)),
        )
    )
    blocks: list[Block] = [
        facts,
        Table(
            _("By subject"),
            (Column(_("Subject"), NAME, "start"), *tally_columns()),
            (
                *(Row((title, *tally_cells(tally))) for title, tally in tallies),
                Row((_("All subjects"), *tally_cells(everything)), is_total=True),
            ),
        ),
        Words(how_counted(), "note"),
        *([Words(unsure_note(book), "note")] if book.is_preliminary else []),
        *_named(_("Excellent"), [one for one in book.roll if standings[one.id] is Standing.EXCELLENT]),
        *_named(_("Good"), [one for one in book.roll if standings[one.id] is Standing.GOOD]),
        *_failing(book, standings, signs, subjects),
        *_away(book),
        Signatures(((_("Class teacher"), book.leader),)),
    ]
    return Paper(
        name=f"class teacher {book.name} {book.period.word}",
        title=_("Class teacher's report"),
        school=book.school,
        leaves=(Leaf(_("Class teacher's report"), of_class(book), tuple(blocks)),),
    )


def _named(title: str, pupils: Sequence[Pupil]) -> list[Block]:
    if not pupils:
        return []
    return [Words(f"{title} ({len(pupils)})", "heading"), Words(", ".join(one.short_name for one in pupils))]


def _failing(
    book: ClassBook,
    standings: Mapping[uuid.UUID, Standing],
    signs: Mapping[uuid.UUID, Sequence[int | str | None]],
    subjects: Sequence[tuple[int, str]],
) -> list[Block]:
    rows = []
    for pupil in book.roll:
        if standings[pupil.id] is Standing.FAILING:
            where = [
                f"{title}: {sign}"
                for (_id, title), sign in zip(subjects, signs[pupil.id], strict=True)
                if sign in (2, "н/а")
            ]
            rows.append(Row((pupil.short_name, "; ".join(where))))
    if not rows:
        return []
    columns = (Column(_("Pupil"), NAME, "start"), Column(_("Where"), 50, "start"))
    return [Table(_("Not passing"), columns, tuple(rows))]


def _away(book: ClassBook) -> list[Block]:
    away = [(pupil, book.missed[pupil.id]) for pupil in book.roll if pupil.id in book.missed]
    if not away:
        return []
    away.sort(key=lambda one: (-one[1].lessons, one[0].short_name))
    everybody = sum((missed for _pupil, missed in away), NOTHING_MISSED)
    return [
        Table(
            _("Absences"),
            (Column(_("Pupil"), NAME, "start"), *missed_columns()),
            (
                *(Row((pupil.short_name, *missed_cells(missed))) for pupil, missed in away),
                Row((_("The whole class"), *missed_cells(everybody)), is_total=True),
            ),
        )
    ]
