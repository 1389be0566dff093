"""The year of a course: what its terms make by the act, exams and certificates, and what is decided. Five statements."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, Table, and_, bindparam, select, union_all
from sqlalchemy.types import Integer

from school.classes.models import Course, StudyGroup
from school.classes.queries.pupils import LEARNERS
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.database import Id, read
from school.gradebook.journal import Act, Journal, TermSpan
from school.gradebook.models import TermMark, YearMark
from school.gradebook.queries.acts import find_act
from school.gradebook.queries.journals import terms_of_regime
from school.gradebook.queries.terms import Decided
from school.gradebook.release import Sign
from school.gradebook.scale import Rules
from school.gradebook.years import certificate_mark, year_choices
from school.people.names import short_name

term_mark = cast("Table", TermMark.__table__)
year_mark = cast("Table", YearMark.__table__)
course = cast("Table", Course.__table__)
group = cast("Table", StudyGroup.__table__)

YEAR, EXAM, FINAL = "year", "exam", "final"
COURSE = bindparam("course", type_=Id)
_TERMS = select(term_mark.c.pupil_id, term_mark.c.term_id, term_mark.c.value, term_mark.c.code).where(
    term_mark.c.school_id == SCHOOL, term_mark.c.course_id == COURSE
)
_YEARS = select(
    year_mark.c.pupil_id,
    year_mark.c.kind,
    year_mark.c.value,
    year_mark.c.code,
    year_mark.c.proposed,
    year_mark.c.reason,
    year_mark.c.version,
    year_mark.c.released_at,
    year_mark.c.released_value,
    year_mark.c.released_code,
    year_mark.c.set_by,
).where(year_mark.c.school_id == SCHOOL, year_mark.c.course_id == COURSE)


def _of_year_before(table: Table) -> Select[Any]:
    """Numbers of the same subject a year level lower."""
    return (
        select(table.c.pupil_id, table.c.value)
        .select_from(
            table.join(course, and_(course.c.school_id == SCHOOL, course.c.id == table.c.course_id)).join(
                group, and_(group.c.school_id == SCHOOL, group.c.id == course.c.group_id)
            )
        )
        .where(
            table.c.school_id == SCHOOL,
            course.c.subject_id == bindparam("subject", type_=Integer),
            group.c.year_level == bindparam("level", type_=Integer),
            table.c.value.is_not(None),
        )
    )


_BEFORE = union_all(
    _of_year_before(term_mark),
    _of_year_before(year_mark).where(year_mark.c.kind == YEAR),
)


@dataclass(frozen=True, slots=True)
class YearLine:
    """A pupil's year."""

    pupil_id: uuid.UUID
    name: str
    terms: tuple[str, ...]
    """Marks of the terms in their order, empty where none is set."""
    choices: Mapping[str, tuple[int, ...]]
    """What the act proposes by kind."""
    decided: Mapping[str, Decided]

    def version(self, kind: str) -> int:
        """0 until a mark is set."""
        return self.decided[kind].version if kind in self.decided else 0


@dataclass(frozen=True, slots=True)
class YearReview:
    """All pupils of a course."""

    terms: Sequence[TermSpan]
    act: Act | None
    kinds: tuple[str, ...]
    lines: Sequence[YearLine]
    is_unmarked: bool
    """The act puts no marks in the whole of this year."""

    @property
    def is_closed(self) -> bool:
        """Whether the last term is closed: marks of the year are still set then, but those that stand change by two persons."""
        return self.terms[-1].is_locked(clock.now())

    def needs_second_person(self, decided: Decided, account_id: uuid.UUID) -> bool:
        """Whether a mark that stands is changed by two persons only; the setter's slip within its quiet window is not."""
        return self.is_closed and not decided.is_slip_of(account_id)


def find_year(journal: Journal) -> YearReview | None:
    """The year of a course; None in a year without terms. The act is the one of its last term."""
    terms = terms_of_regime(journal.school_id, journal.course.regime_id)
    if not terms:
        return None
    act = find_act(journal.school_id, terms[-1].starts_on)
    rules = act.rules if act else Rules()
    level = journal.course.year_level
    where = {"school": journal.school_id, "course": journal.id}
    by_term: dict[uuid.UUID, dict[uuid.UUID, Sign]] = defaultdict(dict)
    for pupil_id, term_id, value, code in read(_TERMS, where):
        by_term[pupil_id][term_id] = Sign(value, code)
    decided: dict[uuid.UUID, dict[str, Decided]] = defaultdict(dict)
    for pupil_id, kind, *cells in read(_YEARS, where):
        decided[pupil_id][kind] = Decided.of(*cells)
    earlier: dict[uuid.UUID, list[int]] = defaultdict(list)
    if level == 11 and rules.certificate_years > 1:
        before = {"school": journal.school_id, "subject": journal.course.subject_id, "level": level - 1}
        for pupil_id, value in read(_BEFORE, before):
            earlier[pupil_id].append(value)
    span = {"school": journal.school_id, "group": journal.course.group_id}
    learners = read(LEARNERS, {**span, "since": terms[0].starts_on, "until": terms[-1].ends_on})
    names = {row[1]: short_name(row[2], row[3]) for row in learners}
    lines = [
        _line(pupil_id, name, terms, by_term[pupil_id], decided[pupil_id], earlier[pupil_id], level, rules)
        for pupil_id, name in names.items()
    ]
    kinds = {9: (YEAR, EXAM, FINAL), 11: (YEAR, FINAL)}.get(level, (YEAR,))
    return YearReview(terms, act, kinds, lines, rules.is_unmarked(level, terms[-1].number))


def _line(
    pupil_id: uuid.UUID,
    name: str,
    terms: Sequence[TermSpan],
    marks: Mapping[uuid.UUID, Sign],
    decided: Mapping[str, Decided],
    earlier: list[int],
    level: int,
    rules: Rules,
) -> YearLine:
    values = [mark.value for one in terms if (mark := marks.get(one.id)) and mark.value is not None]
    whole = len(values) == len(terms)
    choices = {YEAR: year_choices(values, rules.year_ties) if whole else ()}
    year = decided[YEAR].sign.value if YEAR in decided else None
    exam = decided[EXAM].sign.value if EXAM in decided else None
    if year is not None:
        all_marks = [*earlier, *values, year] if whole else []
        final = certificate_mark(level, rules, year=year, exam=exam, earlier=all_marks)
        choices[FINAL] = (final,) if final is not None else ()
    texts = tuple(marks[one.id].text if one.id in marks else "" for one in terms)
    return YearLine(pupil_id, name, texts, choices, decided)
