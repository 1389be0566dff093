"""What an act in preparation would have changed: the marks of past terms proposed by the old act and by the new one. Pure.

«На отметках прошлого года изменились бы 214 отметок: 180 выше, 34 ниже», and which.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from school.gradebook.scale import Proposal, Rules, Score, counted, least_marks, propose

MOST_KEPT: Final = 600
"""So many changes are kept to be shown one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class PastMark:
    """Marks of one kind in one pupil's term: ``times`` equal ones, or one of a cell with a retake (then ``cell`` names it)."""

    value: int
    weight: int
    work: str
    is_control: bool
    times: int = 1
    cell: object = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class PastTerm:
    """A term of a pupil in a course, with all that a proposal needs."""

    pupil_id: uuid.UUID
    course_id: uuid.UUID
    term_id: uuid.UUID
    hours_a_week: int
    is_half_year: bool
    is_unmarked: tuple[bool, bool]
    """By the old act and by the new one: no proposals are made."""
    lessons: int
    missed: int
    marks: Sequence[PastMark]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The outcome, as kept with the draft."""

    compared: int
    up: int
    down: int
    changes: list[dict[str, Any]]

    @property
    def changed(self) -> int:
        """All of them."""
        return self.up + self.down


def scores_of(marks: Iterable[PastMark], retake: str, weights: Mapping[str, tuple[int, bool]]) -> list[Score]:
    """The marks as an act counts them; ``weights`` by kind of work, with whether it is a control work; unknown ones keep theirs."""
    made: list[Score] = []
    cells: dict[object, list[PastMark]] = {}
    for one in marks:
        if one.cell is not None:
            cells.setdefault(one.cell, []).append(one)
        else:
            made += [_score(one, weights)] * one.times
    for some in cells.values():
        counting = counted((one.place for one in some), retake)
        made += [_score(one, weights) for one in some if one.place in counting]
    return made


def proposal_of(term: PastTerm, rules: Rules, weights: Mapping[str, tuple[int, bool]]) -> Proposal:
    """What an act with these rules and weights proposes for the term."""
    least = least_marks(rules, term.hours_a_week, half_year=term.is_half_year)
    scores = scores_of(term.marks, rules.retake, weights)
    return propose(scores, rules, least=least, lessons=term.lessons, missed=term.missed)


def rehearse(
    terms: Iterable[PastTerm],
    old: Mapping[uuid.UUID, tuple[Rules, Mapping[str, tuple[int, bool]]]],
    new: tuple[Rules, Mapping[str, tuple[int, bool]]],
) -> Rehearsal:
    """Compare term by term; ``old``: by term the rules and weights of the act that held for it."""
    compared = up = down = 0
    changes: list[dict[str, Any]] = []
    for term in terms:
        before = None if term.is_unmarked[0] else proposal_of(term, *old[term.term_id])
        after = None if term.is_unmarked[1] else proposal_of(term, *new)
        compared += 1
        difference = _height(after) - _height(before)
        if not difference:
            continue
        up += difference > 0
        down += difference < 0
        if len(changes) < MOST_KEPT:
            changes.append(
                {
                    "pupil": str(term.pupil_id),
                    "course": str(term.course_id),
                    "term": str(term.term_id),
                    "old": _text(before),
                    "new": _text(after),
                    "up": difference > 0,
                }
            )
    return Rehearsal(compared, up, down, changes)


def _score(one: PastMark, weights: Mapping[str, tuple[int, bool]]) -> Score:
    weight, is_control = weights.get(one.work, (one.weight, one.is_control))
    return Score(one.value, weight, is_control)


def _height(proposal: Proposal | None) -> Fraction:
    """«н/а» and nothing below all marks, «5–4» between 5 and 4."""
    if proposal is None or proposal.code or not proposal.choices:
        return Fraction(0)
    return Fraction(sum(proposal.choices), len(proposal.choices))


def _text(proposal: Proposal | None) -> str:
    if proposal is None:
        return "–"
    return proposal.code or "–".join(map(str, proposal.choices)) or "–"
