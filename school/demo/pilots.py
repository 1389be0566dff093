"""A pilot of the demo school: algebra of the seventh years, practised for two weeks; the last test is open now."""

import hashlib
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content_library import About, Author, Text, UnitKind, WrittenItem, drafts, holding
from content_library.ids import uuid7
from content_library.models import Item, UnitVersion
from school.asks.actions.asking import text_hash
from school.asks.models import Ask, AskAnswer
from school.core import clock
from school.core.records import record
from school.demo.classes import DemoCourse
from school.demo.people import Person
from school.demo.rows import Rows
from school.pilots.actions import Candidate, Drawn, commitment, draw
from school.pilots.models import Pilot, PilotCourse, PilotPlace, PilotSitting, PilotTest, SharedPilot, Sitting
from school.pilots.queries import Times
from school.tasks.models import Attempt, Conditions, Layout, Shows, Verdict

LEVEL, SUBJECT = 7, "algebra"
WEEKS, ENDED = 2, timedelta(31)
"""Practice ended so long ago that the test four weeks later is open."""
ARMS = ("same", "half")
EFFECT, NOISE = 0.05, 0.14
"""What simulated pupils gain more in the second arm; nobody may learn anything from it."""
TITLE = "Свои темы или общий набор: алгебра, 7 класс"
QUESTION = (
    "Решают ли ученики через четыре недели больше заданий, если половина тренировки подобрана по их собственным темам?"
)
RULE = "Директор останавливает пилот, если сигнал подтвердился при просмотре работ или если три семьи пожаловались на нагрузку."
LETTER = (
    "Участие в сравнении: Алгебра",
    "Школа сравнивает два способа подбора домашних заданий. Заданий у всех поровну, отметок за общие работы нет, выйти можно в любой момент.",
)
NAMES = {
    Sitting.PRE: "Общая работа по алгебре: вариант А",
    Sitting.POST: "Общая работа по алгебре: вариант Б",
    Sitting.DELAYED: "Общая работа по алгебре: вариант В",
}


@dataclass(frozen=True, slots=True)
class DemoPilot:
    """What the sets are made for."""

    pilot: dict[str, Any]
    courses: list[DemoCourse]
    drawn: list[Drawn]
    people: Mapping[uuid.UUID, Person]


@dataclass(frozen=True, slots=True)
class _Test:
    version: UnitVersion
    items: list[Item]
    conditions: uuid.UUID
    row: uuid.UUID


def write_pilot(
    rows: Rows,
    session: Session,
    courses: list[DemoCourse],
    topics: list[tuple[int, str]],
    head: Person,
    parents: Mapping[uuid.UUID, Person],
    now: datetime,
) -> DemoPilot | None:
    """Registered, drawn by its seed, two of three tests sat; most families have agreed, two pupils have left."""
    chance, today = random.Random(rows.school_id + 2024), clock.local(now).date()
    some = [one for one in courses if one.subject == SUBJECT and one.school_class.year_level == LEVEL]
    if not some:
        return None
    pilot = _pilot(rows, some, head, today)
    times = times_in(pilot)
    if len(topics) < 4 or any(min(lesson.day for lesson in one.lessons) > times.consent_until for one in some):
        return None  # the year has just begun: there was no time for one
    tests = {kind: _test(rows, session, pilot, some[0], topics[:4], kind) for kind in Sitting}
    pilot["shared_id"] = _shared(session, pilot, {kind.value: str(one.version.id) for kind, one in tests.items()})
    rows.add(Pilot, **pilot)
    agreed = [pupil for one in some for pupil in _asked(rows, chance, pilot, one, head, parents)]
    skill = {one.member: min(0.95, max(0.05, chance.gauss(0.55, 0.2))) for one in agreed}
    course_of = {pupil.member: one.id for one in some for pupil in one.pupils}
    before = {
        one.member: _sit(rows, chance, tests[Sitting.PRE], one, skill[one.member], Sitting.PRE, pilot) for one in agreed
    }
    drawn = draw(
        pilot["seed"], [Candidate(one.member, course_of[one.member], before[one.member]) for one in agreed], ARMS
    )
    people = {one.member: one for one in agreed}
    for n, one in enumerate(drawn):
        left = clock.moscow(times.starts_on + timedelta(9), time(18)) if n in {7, 30} else None
        _place(rows, pilot, one, people, left)
        if left is None and chance.random() < 0.93:
            level = skill[one.candidate.pupil_id] + 0.06 + EFFECT * (one.arm == ARMS[1]) + chance.gauss(0, NOISE)
            _sit(rows, chance, tests[Sitting.POST], people[one.candidate.pupil_id], level, Sitting.POST, pilot)
    seen = {"protocol": pilot["digest"], "draw": commitment(pilot["seed"])}
    who = _Who(head.account, head.member)
    record(who, "pilot.registered", school_id=rows.school_id, thing_id=pilot["id"], payload=seen)
    return DemoPilot(pilot, some, drawn, people)


@dataclass(frozen=True, slots=True)
class _Who:
    account_id: uuid.UUID
    member_id: uuid.UUID
    on_behalf_of: None = None


def times_in(pilot: Mapping[str, Any]) -> Times:
    """All its days."""
    return Times(pilot["consent_until"], pilot["starts_on"], pilot["weeks"])


def _pilot(rows: Rows, courses: list[DemoCourse], head: Person, today: date) -> dict[str, Any]:
    starts = today - ENDED - timedelta(7 * WEEKS - 1)
    registered = clock.moscow(starts - timedelta(16), time(11, 20))
    text = f"{TITLE} {QUESTION} {starts} {[str(one.id) for one in courses]}"
    return {
        "id": rows.id_at(registered),
        "title": TITLE,
        "question": QUESTION,
        "subject_id": courses[0].subject_id,
        "main_test": Sitting.DELAYED.value,
        "arms": list(ARMS),
        "tasks": 6,
        "sets": 2,
        "consent_until": starts - timedelta(8),
        "starts_on": starts,
        "weeks": WEEKS,
        "n_planned": 88,
        "stop_rule": RULE,
        "most_minutes": 25,
        "most_lost": 15,
        "seed": 20260901,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "secret": hashlib.sha256(f"demo {registered}".encode()).hexdigest(),
        "made_at": registered,
        "made_by": head.account,
        "registered_at": registered,
        "registered_by": head.account,
        "drawn_at": clock.moscow(starts, time(6, 5)),
        "stopped_at": None,
        "stopped_by": None,
        "stopped_why": "",
    }


def _shared(session: Session, pilot: Mapping[str, Any], tests: dict[str, str]) -> uuid.UUID:
    """The city's protocol that the school carries out, given out some weeks before."""
    same = ("title", "question", "subject_id", "main_test", "arms", "tasks", "sets", "weeks", "n_planned", "stop_rule")
    made = SharedPilot(
        id=uuid7(),
        year_level=LEVEL,
        most_minutes=pilot["most_minutes"],
        most_lost=pilot["most_lost"],
        tests=tests,
        digest=hashlib.sha256(f"{TITLE} {QUESTION} {tests}".encode()).hexdigest(),
        made_at=pilot["made_at"] - timedelta(20),
        made_by=pilot["made_by"],
        **{name: pilot[name] for name in same},
    )
    session.add(made)
    session.flush()
    return made.id


def _test(
    rows: Rows,
    session: Session,
    pilot: dict[str, Any],
    course: DemoCourse,
    topics: list[tuple[int, str]],
    kind: Sitting,
) -> _Test:
    """Two questions on each of four topics, never published."""
    made_at, n = pilot["made_at"] - timedelta(3), list(Sitting).index(kind) + 1
    author = Author(course.teacher.account, course.teacher.whole_name)
    about = About(
        kind=UnitKind.TEST,
        subject_id=course.subject_id,
        year_from=LEVEL,
        year_to=LEVEL,
        topic_ids=tuple(one[0] for one in topics),
    )
    items = tuple(
        WrittenItem(
            kind="number",
            spec={"version": 1, "prompt": f"Решите: {a}x − {b} = {a * x - b}. Чему равен x?", "key": {"value": str(x)}},
            topic_id=topics[m // 2][0],
            id=rows.id_at(made_at),
        )
        for m, (a, b, x) in enumerate((m + n + 1, 3 * m + n, m + 2 * n) for m in range(8))
    )
    text = Text(
        title=NAMES[kind],
        minutes=20,
        items=items,
        body_markdown="Решите задания.",
        summary="Для сравнения способов тренировки.",
    )
    unit = drafts.draft(session, author, about, text, made_at)
    version = holding.hold(session, unit, made_at, author)
    first, last = times_in(pilot).window(kind)
    conditions, row = rows.id_at(made_at), rows.id_at(made_at)
    rows.add(
        Conditions,
        id=conditions,
        opens_at=clock.moscow(first, time()),
        closes_at=clock.moscow(last + timedelta(1), time()),
        minutes=20,
        attempts=1,
        shows=Shows.SEALED.value,
        layout=Layout.ONE.value,
        is_shuffled=True,
    )
    rows.add(
        PilotTest,
        id=row,
        pilot_id=pilot["id"],
        kind=kind.value,
        unit_version_id=version.id,
        minutes=20,
        conditions_id=conditions,
    )
    asked = list(session.scalars(select(Item).where(Item.version_id == version.id).order_by(Item.position)))
    return _Test(version, asked, conditions, row)


def _asked(
    rows: Rows,
    chance: random.Random,
    pilot: dict[str, Any],
    course: DemoCourse,
    head: Person,
    parents: Mapping[uuid.UUID, Person],
) -> list[Person]:
    """The question to a class and its answers; who agreed."""
    ask, at = rows.id_at(pilot["registered_at"]), pilot["registered_at"]
    rows.add(
        Ask,
        id=ask,
        group_id=course.group_id,
        kind="consent",
        title=LETTER[0],
        text=LETTER[1],
        text_hash=text_hash(*LETTER),
        due_on=pilot["consent_until"],
        made_by=head.member,
        made_at=at,
    )
    rows.add(PilotCourse, id=rows.id_at(at), pilot_id=pilot["id"], course_id=course.id, ask_id=ask)
    agreed = []
    for pupil in course.pupils:
        parent, luck = parents.get(pupil.member), chance.random()
        if parent is None or luck > 0.93:
            continue
        answer = "yes" if luck < 0.87 else "no"
        said = at + timedelta(hours=4 + 40 * luck)
        rows.add(
            AskAnswer,
            id=rows.id_at(said),
            ask_id=ask,
            pupil_id=pupil.member,
            by_id=parent.member,
            answer=answer,
            at=said,
            event_id=rows.id_at(said),
        )
        if answer == "yes":
            agreed.append(pupil)
    return agreed


def _sit(
    rows: Rows, chance: random.Random, test: _Test, pupil: Person, level: float, kind: Sitting, pilot: dict[str, Any]
) -> float:
    """A finished attempt; the share of right answers."""
    first = times_in(pilot).window(kind)[0]
    begun = clock.moscow(first + timedelta(chance.randrange(4)), time(10, chance.randrange(60)))
    right = [chance.random() < level for _one in test.items]
    attempt = rows.id_at(begun)
    rows.add(
        Attempt,
        id=attempt,
        pupil_id=pupil.member,
        unit_version_id=test.version.id,
        seed=chance.randrange(10**6),
        started_at=begun,
        finished_at=begun + timedelta(minutes=8 + chance.random() * 10),
        points=float(sum(right)),
        max_points=float(len(right)),
        given_for=test.row,
        conditions_id=test.conditions,
        carried=0.0,
        takes_late=False,
    )
    for item, is_right in zip(test.items, right, strict=True):
        rows.add(
            Verdict,
            id=rows.id_at(begun),
            attempt_id=attempt,
            item_id=item.id,
            points=float(is_right),
            max_points=1.0,
            correct=is_right,
            waits=False,
            feedback={"said": [], "remarks": []},
        )
    rows.add(PilotSitting, id=rows.id_at(begun), test_id=test.row, pupil_id=pupil.member, attempt_id=attempt)
    return sum(right) / len(right)


def _place(
    rows: Rows, pilot: dict[str, Any], one: Drawn, people: Mapping[uuid.UUID, Person], left: datetime | None
) -> None:
    rows.add(
        PilotPlace,
        id=rows.id_at(pilot["drawn_at"]),
        pilot_id=pilot["id"],
        course_id=one.candidate.course_id,
        pupil_id=one.candidate.pupil_id,
        arm=one.arm,
        block=one.block,
        before=one.candidate.before,
        left_at=left,
        left_by=people[one.candidate.pupil_id].account if left else None,
    )
