"""Rules of marking and presence recounted beside the program: by plain SQL, by decimals of another library, or written out in tables.

``docs/marking-rules.md`` names the rules and, for each, the tests that hold it; the last test here holds that list.
"""

import random
import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from statistics import fmean

import pytest
from sqlalchemy import text

from school.classes.models import AbsenceFact, AbsenceReason
from school.classes.queries import get_group
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.gradebook.entries import Entry, Status
from school.gradebook.policy import may_write_journal
from school.gradebook.presence import letter
from school.gradebook.queries import find_review, get_journal, term_among, terms_of_regime
from school.gradebook.queries.terms import ReviewLine
from school.gradebook.release import Sign
from school.gradebook.scale import Caution, Proposal, Rules, Score, outcomes, propose, rounded, weighted_mean
from school.reports.queries.journals import journal_book
from school.reports.queries.periods import periods_of_class
from tests.factories import Make
from tests.school.gradebook.rooms import Room, room

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("weight", [1, 3])
def test_with_equal_weights_the_mean_is_the_plain_one(weight: int) -> None:
    dice = random.Random(weight)
    for _n in range(500):
        values = [dice.randint(2, 5) for _mark in range(dice.randint(1, 20))]
        mean = weighted_mean([Score(value, weight) for value in values])
        assert mean == Fraction(sum(values), len(values))
        assert float(mean) == pytest.approx(fmean(values))


ACTS = [
    # sure from, the teacher decides from: of schools' acts
    ((465, 365, 265), (465, 365, 265)),
    ((450, 350, 250), (450, 350, 250)),
    ((460, 360, 260), (450, 350, 250)),
    ((475, 375, 275), (440, 340, 240)),
]


@pytest.mark.parametrize(("sure", "possible"), ACTS)
def test_every_mean_by_the_tables_of_acts(sure: tuple[int, ...], possible: tuple[int, ...]) -> None:
    rules = Rules(sure_from=dict(zip((5, 4, 3), sure, strict=True)), possible_from=dict(zip((5, 4, 3), possible, strict=True)))  # fmt: skip
    for mean in range(200, 501):
        assert outcomes(mean, rules) == by_table(Decimal(mean) / 100, sure, possible)


def by_table(mean: Decimal, sure: Sequence[int], possible: Sequence[int]) -> tuple[int, ...]:
    """The same read from the act as a person reads it."""
    certain = 2 + sum(mean >= Decimal(one) / 100 for one in sure)
    reached = 2 + sum(mean >= Decimal(one) / 100 for one in possible)
    return (certain,) if certain >= reached else (reached, reached - 1)


def test_thousands_of_proposals_agree_with_a_recount() -> None:
    dice = random.Random(2026)
    rules = Rules()
    for _n in range(4000):
        scores = [
            Score(dice.choice((2, 3, 4, 5, 5)), dice.choice((1, 1, 2, 3)), dice.random() < 0.25)
            for _mark in range(dice.randint(0, 12))
        ]
        least, lessons = dice.randint(1, 7), dice.randint(0, 20)
        missed = dice.randint(0, lessons)
        made = propose(scores, rules, least=least, lessons=lessons, missed=missed)
        assert (made.mean, made.choices, made.code) == recounted(scores, least, lessons, missed)
        agrees(made, scores, least, lessons, missed)


def recounted(
    scores: list[Score], least: int, lessons: int, missed: int
) -> tuple[int | None, tuple[int, ...], str | None]:
    """What the ordinary act makes of a term, by decimals and from the words of domain 1.5, rules 2, 5 and 6."""
    away = lessons > 0 and Decimal(missed) / lessons > Decimal("0.5")
    if not scores:
        return None, (), "н/а" if away else None
    values = sum(Decimal(one.value * one.weight) for one in scores)
    mean = (values / sum(one.weight for one in scores)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    choices = by_table(mean, (460, 360, 260), (450, 350, 250))
    if away and len(scores) < least:
        return int(mean * 100), choices, "н/а"
    if any(one.is_control and one.value < 4 for one in scores) and 5 in choices:
        choices = tuple(one for one in choices if one != 5) or (4,)
    return int(mean * 100), choices, None


def agrees(made: Proposal, scores: list[Score], least: int, lessons: int, missed: int) -> None:
    assert (Caution.TOO_FEW in made.cautions) == (0 < len(scores) < least)
    assert (Caution.NO_MARKS in made.cautions) == (not scores)
    assert (Caution.MISSED in made.cautions) == (missed * 2 > lessons)
    assert (Caution.BORDERLINE in made.cautions) == (len(made.choices) == 2 and made.code is None)


def line_of(at: Room, pupil: int = 0) -> ReviewLine:
    journal = at.journal
    term = term_among(terms_of_regime(journal.school_id, journal.course.regime_id), None)
    assert term is not None
    return next(one for one in find_review(journal, term).lines if one.pupil_id == at.pupils[pupil].id)


@pytest.mark.parametrize(("retake", "choices"), [("instead", (5,)), ("beside", (4,))])
def test_an_unclosed_two_of_a_control_work_forbids_a_five_until_it_is_retaken(
    make: Make, retake: str, choices: tuple[int, ...]
) -> None:
    at = room(make)
    make.act(make.school_of(at.course), from_on=date(2020, 9, 2), rules=Rules(retake=retake))
    for n in range(2, 13):
        make.mark(make.column(make.lesson(at.course, days=-n)), at.pupils[0], 5)
    sent = [Sign(2), Sign(5)]
    [answer] = at.save(Entry(new_id(), at.lesson.id, at.column.id, at.pupils[0].id, sent[0], 0))
    assert answer.status is Status.SAVED
    assert line_of(at).proposal.choices == (4,)
    assert Caution.CONTROL in line_of(at).proposal.cautions
    [answer] = at.save(Entry(new_id(), at.lesson.id, at.column.id, at.pupils[0].id, sent[1], 0, place=2))
    assert answer.status is Status.SAVED
    assert line_of(at).proposal.choices == choices


def test_a_review_agrees_with_plain_sql(make: Make) -> None:
    at = room(make, pupils=4)
    dice = random.Random(7)
    kinds = ("Ответ на уроке", "Контрольная работа", "Самостоятельная работа")
    for n in range(2, 12):
        lesson = make.lesson(at.course, days=-n)
        column = make.column(lesson, dice.choice(kinds))
        for pupil in at.pupils:
            if dice.random() < 0.3:
                make.absent(lesson, pupil)
            elif dice.random() < 0.2:
                make.mark(column, pupil, None, code=dice.choice(("осв", "зч", "нз", "н/а", "•")))
            else:
                replaced = clock.now() if dice.random() < 0.2 else None
                make.mark(column, pupil, dice.randint(2, 5), replaced_at=replaced)
    journal = at.journal
    term = term_among(terms_of_regime(journal.school_id, journal.course.regime_id), None)
    assert term is not None
    review = find_review(journal, term)
    counted = db.session.execute(
        text("""
            SELECT m.pupil_id, count(*), sum(m.value * m.weight), sum(m.weight) FROM mark m
            JOIN journal_column c ON c.school_id = m.school_id AND c.id = m.column_id
            JOIN lesson l ON l.school_id = c.school_id AND l.id = c.lesson_id
            WHERE m.school_id = :school AND l.course_id = :course AND m.value IS NOT NULL AND m.replaced_at IS NULL
              AND l.on_date BETWEEN :since AND :until GROUP BY m.pupil_id"""),
        {"school": at.course.school_id, "course": key(at.course.id), "since": term.starts_on.isoformat(), "until": term.ends_on.isoformat()},
    ).all()  # fmt: skip
    missed = db.session.execute(
        text("""
            SELECT a.pupil_id, count(*) FROM absence a
            JOIN lesson l ON l.school_id = a.school_id AND l.id = a.lesson_id
            WHERE a.school_id = :school AND l.course_id = :course AND a.fact = 'absent' GROUP BY a.pupil_id"""),
        {"school": at.course.school_id, "course": key(at.course.id)},
    ).all()
    sums = {same(row[0]): row[1:] for row in counted}
    away = {same(row[0]): row[1] for row in missed}
    for line in review.lines:
        marks, values, weights = sums.get(line.pupil_id.bytes, (0, 0, 0))
        assert (line.marks, line.missed) == (marks, away.get(line.pupil_id.bytes, 0))
        assert line.proposal.mean == (rounded(Fraction(int(values), int(weights))) if weights else None)


def key(of: object) -> object:
    """An id as plain SQL has it on this database."""
    return of if db.session.get_bind().dialect.name == "postgresql" else of.bytes  # type: ignore[attr-defined]


def same(of: object) -> object:
    """An id that plain SQL answered, as bytes."""
    return getattr(of, "bytes", of)


@pytest.mark.parametrize("role", ["admin", "methodologist"])
def test_an_administrator_never_puts_marks_for_the_teacher(make: Make, role: str) -> None:
    at = room(make)
    actor = make.actor(make.member(make.school_of(at.course), role), role)
    journal = get_journal(actor, at.course.id)
    assert journal is None or not may_write_journal(actor, journal)


def test_the_deputy_head_changes_a_mark_with_a_reason_only(make: Make) -> None:
    at = room(make)
    deputy = make.actor(make.member(make.school_of(at.course), "deputy"), "deputy")
    [asked] = at.save(at.entry(4), actor=deputy)
    assert asked.status is Status.REASON
    [saved] = at.save(at.entry(4, comment="По решению педсовета"), actor=deputy)
    assert saved.status is Status.SAVED


F, R = AbsenceFact, AbsenceReason
SHOWN = {
    F.ABSENT: {**dict.fromkeys(R, "п"), R.UNKNOWN: "н", R.TRUANCY: "н", R.ILLNESS: "б"},
    F.LATE: dict.fromkeys(R, "о"),
    F.REMOTE: dict.fromkeys(R, "д"),
    F.EXEMPT: dict.fromkeys(R, "осв"),
}


@pytest.mark.parametrize("fact", list(F))
def test_the_letter_of_every_fact_and_reason(fact: AbsenceFact) -> None:
    assert {reason: letter(fact, reason) for reason in R} == SHOWN[fact]


def test_on_paper_absences_are_all_alike_late_is_left_out_and_a_later_work_stands_beside(make: Make) -> None:
    at = room(make, pupils=5)
    ill, excused, unknown, late, second = at.pupils
    for pupil, reason in ((ill, "illness"), (excused, "order"), (unknown, "unknown")):
        make.absent(at.lesson, pupil, reason)
    make.absent(at.lesson, late)
    with unit_of_work():
        db.session.execute(
            text("UPDATE absence SET fact = 'late' WHERE school_id = :school AND pupil_id = :pupil"),
            {"school": at.course.school_id, "pupil": key(late.id)},
        )
    make.mark(at.column, ill, 4)
    make.mark(at.column, late, 5)
    make.mark(at.column, second, 4)
    make.mark(at.column, second, 5, place=1)
    make.mark(at.column, second, 3, place=2)
    journal = at.journal
    group = make.group_of(at.course)
    head = make.actor(make.member(make.school_of(at.course), "head"), "head")
    seen = get_group(head, group.id)
    assert seen is not None
    cells = journal_book(journal.course, periods_of_class(seen)[0]).cells
    shown = [cells.get((pupil.id, at.lesson.id)) for pupil in at.pupils]
    assert shown == ["н/4", "н", "н", "5", "4/5→3"]


def test_every_rule_of_the_list_is_held_by_tests_that_exist() -> None:
    page = (ROOT / "docs/marking-rules.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 40
    missing = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text()]
    assert not missing
    for section, most in (("1.5", 13), ("1.6", 5), ("1.7", 6)):
        for n in range(1, most + 1):
            rule = f"{section}.{n}"
            assert re.search(rf"^\| {re.escape(rule)} \|.*`tests/", page, re.MULTILINE), rule
