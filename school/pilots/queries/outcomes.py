"""Results of the common tests, pupil by pupil as drawn, and what they say of the arms. Who left is counted, and their results are not read."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, and_, bindparam, func, select

from content_library.models import Item, UnitTopic, UnitVersion
from school.classes.queries.relations import SCHOOL
from school.core.database import Id, read
from school.pilots import analysis
from school.pilots.analysis import Reading, Row
from school.pilots.models import PilotPlace, PilotSitting, PilotTest, Sitting
from school.pilots.queries.pilots import places_of
from school.pilots.seen import SeenPilot
from school.pilots.strata import strata_of
from school.tasks.models import Attempt, Verdict

test = cast("Table", PilotTest.__table__)
sitting = cast("Table", PilotSitting.__table__)
attempt = cast("Table", Attempt.__table__)
verdict = cast("Table", Verdict.__table__)
item = cast("Table", Item.__table__)
version = cast("Table", UnitVersion.__table__)
unit_topic = cast("Table", UnitTopic.__table__)

_OF_UNIT = (
    select(func.min(unit_topic.c.topic_id))
    .where(unit_topic.c.unit_id == version.c.unit_id)
    .correlate(version)
    .scalar_subquery()
)
_SAT = (
    select(test.c.kind, sitting.c.pupil_id, attempt.c.id, attempt.c.points, attempt.c.max_points, attempt.c.started_at, attempt.c.finished_at)
    .select_from(
        test.join(sitting, and_(sitting.c.school_id == SCHOOL, sitting.c.test_id == test.c.id))
        .join(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == sitting.c.attempt_id))
    )
    .where(test.c.school_id == SCHOOL, test.c.pilot_id == bindparam("pilot", type_=Id), attempt.c.finished_at.is_not(None))
)  # fmt: skip
_JUDGED = (
    select(test.c.kind, sitting.c.pupil_id, verdict.c.item_id, func.coalesce(item.c.topic_id, _OF_UNIT), verdict.c.correct)
    .select_from(
        test.join(sitting, and_(sitting.c.school_id == SCHOOL, sitting.c.test_id == test.c.id))
        .join(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == sitting.c.attempt_id))
        .join(verdict, and_(verdict.c.school_id == SCHOOL, verdict.c.attempt_id == attempt.c.id))
        .join(item, item.c.id == verdict.c.item_id)
        .join(version, version.c.id == item.c.version_id)
    )
    .where(test.c.school_id == SCHOOL, test.c.pilot_id == bindparam("pilot", type_=Id), attempt.c.finished_at.is_not(None))
    .order_by(test.c.kind, sitting.c.pupil_id, item.c.position)
)  # fmt: skip


@dataclass(slots=True)
class Score:
    """A common test that a pupil sat."""

    share: float
    """Of the points, 0 to 1."""
    minutes: float
    topics: int = 0
    """Topics all of whose questions, two at least, were answered right."""
    answers: list[tuple[uuid.UUID, bool]] = field(default_factory=list)
    """Question and whether it was right, in the order of the test."""


Scores = dict[tuple[uuid.UUID, str], Score]


def scores_of(school_id: int, pilot_id: uuid.UUID) -> Scores:
    """By pupil and test. Two statements."""
    values = {"school": school_id, "pilot": pilot_id}
    found: Scores = {}
    for kind, pupil_id, _attempt, points, most, started, finished in read(_SAT, values):
        share = float(points or 0) / float(most) if most else 0.0
        found[pupil_id, kind] = Score(share, _minutes(started, finished))
    topics: dict[tuple[uuid.UUID, str], dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for kind, pupil_id, item_id, topic_id, correct in read(_JUDGED, values):
        found[pupil_id, kind].answers.append((item_id, bool(correct)))
        if topic_id is not None:
            topics[pupil_id, kind][topic_id].append(bool(correct))
    for key, those in topics.items():
        found[key].topics = sum(len(one) >= 2 and all(one) for one in those.values())
    return found


def _minutes(started: datetime, finished: datetime) -> float:
    return (finished - started).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test after practice: shares in per cent, topics, and the shares of who began lowest."""

    kind: Sitting
    shares: Reading
    topics: Reading
    lowest: Reading


@dataclass(frozen=True, slots=True)
class Results:
    """What may be read by a day."""

    before: Reading | None
    """The pre-test by arm: that the draw was fair."""
    outcomes: tuple[Outcome, ...]


def results_of(pilot: SeenPilot, today: date) -> Results:
    """The tests that are closed. Nothing by arm before the one after practice is."""
    told = [kind for kind in (Sitting.POST, Sitting.DELAYED) if pilot.is_told(kind, today)]
    if not told:
        return Results(None, ())
    drawn = [one for one in places_of(pilot.school_id, pilot.id) if one.arm is not None]
    scores = scores_of(pilot.school_id, pilot.id)
    arms = [one.value for one in pilot.arms]
    # The pre-test is not taken into account where it is itself what is compared.
    first = [replace(one, before=None) for one in rows_of(drawn, scores, Sitting.PRE, of_shares=True)]
    before = analysis.read(first, arms)
    return Results(before, tuple(_outcome(kind, drawn, scores, arms) for kind in told))


def _outcome(kind: Sitting, drawn: list[PilotPlace], scores: Scores, arms: list[str]) -> Outcome:
    shares = rows_of(drawn, scores, kind, of_shares=True)
    topics = rows_of(drawn, scores, kind, of_shares=False)
    lowest = lowest_of(drawn)
    low = [row for one, row in zip(drawn, shares, strict=True) if one.pupil_id in lowest]
    return Outcome(kind, analysis.read(shares, arms), analysis.read(topics, arms), analysis.read(low, arms))


def lowest_of(drawn: Sequence[PilotPlace]) -> set[uuid.UUID]:
    """The pupils with the lowest pre-tests of their own class, also where classes are compared together; who left is not among them."""
    there = [one for one in drawn if one.left_at is None and one.before is not None]
    marked = [Row(str(one.course_id), str(one.pupil_id), one.before, None) for one in there]
    return {uuid.UUID(one.arm) for one in analysis.lowest_third(marked)}


def harmed_of(pilot: SeenPilot) -> list[str]:
    """Arms whose test after practice lies below the first arm's by more than chance."""
    drawn = [one for one in places_of(pilot.school_id, pilot.id) if one.arm is not None]
    scores = scores_of(pilot.school_id, pilot.id)
    rows = rows_of(drawn, scores, Sitting.POST, of_shares=True)
    return [one.arm for one in analysis.read(rows, [one.value for one in pilot.arms]).differences if one.high < 0]


def rows_of(drawn: Sequence[PilotPlace], scores: Scores, kind: Sitting, *, of_shares: bool) -> list[Row]:
    """What is analysed: a row for everybody who was drawn, in the strata of the export."""
    strata = strata_of(drawn)
    found = []
    for one in drawn:
        there = one.left_at is None
        score = scores.get((one.pupil_id, kind.value)) if there else None
        if kind is Sitting.PRE and one.before is None:
            score = None  # handed in after the draw
        after = None if score is None else 100 * score.share if of_shares else float(score.topics)
        before = 100 * one.before if there and one.before is not None else None
        found.append(Row(str(strata[one.course_id]), one.arm or "", before, after))
    return found


@dataclass(frozen=True, slots=True)
class Sat:
    """How many of a class, or of all, have sat a test. No results."""

    kind: Sitting
    done: int
    of: int


def sat_of(pilot: SeenPilot, expected: Collection[uuid.UUID]) -> list[Sat]:
    """For each test: how many of those who take part have sat it."""
    done: dict[str, int] = defaultdict(int)
    for kind, pupil_id, *_rest in read(_SAT, {"school": pilot.school_id, "pilot": pilot.id}):
        done[kind] += pupil_id in expected
    return [Sat(kind, done[kind.value], len(expected)) for kind in Sitting]
