"""Отчёт классного руководителя за период."""

import uuid
from collections.abc import Mapping, Sequence

from school.core.languages import gettext as _
from school.reports.papers.absences import of_pupil
from school.reports.papers.acknowledged import acknowledgement_table
from school.reports.papers.figures import (
    NAME,
    how_counted,
    missed_cells,
    missed_columns,
    missed_opened,
    of_class,
    percent,
    pupil_opened,
    sum_of,
    tally_cells,
    tally_columns,
    tally_opened,
    unsure_note,
)
from school.reports.papers.summaries import of_book
from school.reports.printing import Block, Column, Facts, Leaf, Paper, Row, Signatures, Table, Value, Words, opening
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
    tallies = [(subject_id, title, book.tally(subject_id, term)) for subject_id, title in subjects]
    everything = sum_of(tally for _id, _title, tally in tallies)
    ones = [one[0] for one in short.values() if one is not None]
    figures: tuple[tuple[str, str, Value], ...] = (
        (
            "beginning",
            _("Pupils at the beginning of the period"),
            sum(one.is_here(book.period.starts_on) for one in book.pupils),
        ),
        ("arrived", _("arrived"), sum(book.period.starts_on < one.from_on <= book.end for one in book.pupils)),
        ("left", _("left"), sum(one.to_on is not None and one.to_on < book.end for one in book.pupils)),
        ("pupils", _("Pupils at the end of the period"), len(book.roll)),
        ("excellent", _("Excellent: only fives"), excellent),
        ("good", _("Good: fives and fours"), good),
        ("one-four", _("with one 4"), ones.count(4)),
        ("one-three", _("with one 3"), ones.count(3)),
        ("failing", _("Not passing"), failing),
        ("without", _("without marks of the period"), found.count(Standing.NONE)),
        ("counted", _("Pass rate of the class"), percent(share(counted - failing, counted))),
        ("counted", _("Quality of the class"), percent(share(excellent + good, counted))),
        ("counted", _("SOU by all marks"), percent(everything.learnedness)),
    )
    facts = Facts(
        tuple(
            (words, opening(value, "reports.class_rows", what=what, **of_book(book))) for what, words, value in figures
        )
    )
    blocks: list[Block] = [
        facts,
        Table(
            _("By subject"),
            (Column(_("Subject"), NAME, "start"), *tally_columns()),
            (
                *(
                    Row((title, *tally_opened(tally, "reports.class_rows", subject=subject_id, **of_book(book))))
                    for subject_id, title, tally in tallies
                ),
                Row((_("All subjects"), *tally_cells(everything)), is_total=True),
            ),
        ),
        Words(how_counted(), "note"),
        *([Words(unsure_note(book), "note")] if book.is_preliminary else []),
        *_named(_("Excellent"), [one for one in book.roll if standings[one.id] is Standing.EXCELLENT]),
        *_named(_("Good"), [one for one in book.roll if standings[one.id] is Standing.GOOD]),
        *_failing(book, standings, signs, subjects),
        *_away(book),
        *acknowledgement_table(book),
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
            rows.append(Row((pupil_opened(pupil.short_name, book.school_id, pupil.id), "; ".join(where))))
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
                *(
                    Row(
                        (
                            pupil_opened(pupil.short_name, book.school_id, pupil.id),
                            *missed_opened(missed, "reports.missed", **of_pupil(book, pupil)),
                        )
                    )
                    for pupil, missed in away
                ),
                Row((_("The whole class"), *missed_cells(everybody)), is_total=True),
            ),
        )
    ]
