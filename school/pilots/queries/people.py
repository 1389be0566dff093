"""Who agreed, who declined, and what one pupil and a family see of a pilot."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, and_, bindparam, or_, select

from content_library.models import Subject
from school.asks.models import AskAnswer
from school.classes.models import Course, Enrolment
from school.classes.queries import Learner, learners
from school.classes.queries.relations import SCHOOL
from school.classes.seen import SeenCourse, SeenPupil
from school.core import clock
from school.core.database import Id, read
from school.core.languages import language
from school.pilots.models import Pilot, PilotCourse, PilotPlace, PilotSitting, PilotTest, Sitting
from school.pilots.queries.pilots import entries_of, places_of
from school.pilots.seen import OwnPilot, OwnTest, SeenPilot
from school.pilots.times import Times
from school.tasks.models import Attempt

pilot = cast("Table", Pilot.__table__)
entry = cast("Table", PilotCourse.__table__)
place = cast("Table", PilotPlace.__table__)
test = cast("Table", PilotTest.__table__)
sitting = cast("Table", PilotSitting.__table__)
attempt = cast("Table", Attempt.__table__)
said = cast("Table", AskAnswer.__table__)
course = cast("Table", Course.__table__)
subject = cast("Table", Subject.__table__)
enrolment = cast("Table", Enrolment.__table__)

_PUPIL = bindparam("pupil", type_=Id)
_ANSWERS = select(said.c.ask_id, said.c.pupil_id, said.c.answer).where(
    said.c.school_id == SCHOOL, said.c.ask_id.in_(bindparam("asks", type_=Id, expanding=True))
)


@dataclass(frozen=True, slots=True)
class Consent:
    """What the families of one class said; silence is no consent."""

    course: SeenCourse
    agreed: tuple[Learner, ...]
    declined: int
    silent: int

    @property
    def pupils(self) -> int:
        """Of the class today."""
        return len(self.agreed) + self.declined + self.silent


def consents_of(of: SeenPilot) -> list[Consent]:
    """By course. Whoever left the pilot has declined, whatever the family said before."""
    asks = {one.course_id: one.ask_id for one in entries_of(of)}
    ids = [one for one in asks.values() if one is not None]
    told = {(row[0], row[1]): row[2] for row in read(_ANSWERS, {"school": of.school_id, "asks": ids})} if ids else {}
    left = {one.pupil_id for one in places_of(of.school_id, of.id) if one.left_at is not None}
    found = []
    for one in of.courses:
        pupils = learners(one, clock.today())
        ask_id = asks.get(one.id)
        answers = {p.id: "no" if p.id in left else told.get((ask_id, p.id), "") if ask_id else "" for p in pupils}
        agreed = tuple(p for p in pupils if answers[p.id] == "yes")
        declined = sum(value == "no" for value in answers.values())
        found.append(Consent(one, agreed, declined, len(pupils) - len(agreed) - declined))
    return found


_SAT = (
    select(sitting.c.pupil_id)
    .select_from(
        test.join(sitting, and_(sitting.c.school_id == SCHOOL, sitting.c.test_id == test.c.id)).join(
            attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == sitting.c.attempt_id)
        )
    )
    .where(
        test.c.school_id == SCHOOL,
        test.c.pilot_id == bindparam("pilot", type_=Id),
        test.c.kind == bindparam("kind"),
        attempt.c.finished_at.is_not(None),
    )
)


def waiting_in(of: SeenPilot, course: SeenCourse, kind: Sitting) -> tuple[list[Learner], int]:
    """Pupils of a class who take part and have not handed a test in; and how many have."""
    sat = {row[0] for row in read(_SAT, {"school": of.school_id, "pilot": of.id, "kind": kind.value})}
    if of.row.drawn_at is None:
        taking = {pupil.id for one in consents_of(of) if one.course.id == course.id for pupil in one.agreed}
    else:
        taking = {one.pupil_id for one in places_of(of.school_id, of.id) if one.arm is not None and one.left_at is None}
    pupils = [one for one in learners(course, clock.today()) if one.id in taking]
    return [one for one in pupils if one.id not in sat], sum(one.id in sat for one in pupils)


_MINE = (
    select(
        pilot.c.id, pilot.c.title, pilot.c.question, subject.c.name_ru, subject.c.name_en, subject.c.tint,
        pilot.c.consent_until, pilot.c.starts_on, pilot.c.weeks, pilot.c.drawn_at, pilot.c.stopped_at,
        said.c.answer, place.c.arm, place.c.left_at,
    )
    .select_from(
        pilot.join(entry, and_(entry.c.school_id == SCHOOL, entry.c.pilot_id == pilot.c.id))
        .join(course, and_(course.c.school_id == SCHOOL, course.c.id == entry.c.course_id))
        .join(subject, subject.c.id == pilot.c.subject_id)
        .outerjoin(said, and_(said.c.school_id == SCHOOL, said.c.ask_id == entry.c.ask_id, said.c.pupil_id == _PUPIL))
        .outerjoin(place, and_(place.c.school_id == SCHOOL, place.c.pilot_id == pilot.c.id, place.c.pupil_id == _PUPIL))
        .outerjoin(
            enrolment,
            and_(
                enrolment.c.school_id == SCHOOL,
                enrolment.c.group_id == course.c.group_id,
                enrolment.c.pupil_id == _PUPIL,
                enrolment.c.from_on <= bindparam("today"),
                or_(enrolment.c.to_on.is_(None), enrolment.c.to_on >= bindparam("today")),
            ),
        )
    )
    .where(
        pilot.c.school_id == SCHOOL,
        pilot.c.registered_at.is_not(None),
        or_(enrolment.c.id.is_not(None), place.c.course_id == entry.c.course_id),
    )
    .order_by(pilot.c.starts_on.desc(), pilot.c.id)
)  # fmt: skip
_TESTS = (
    select(test.c.pilot_id, test.c.id, test.c.kind, test.c.minutes, attempt.c.id, attempt.c.finished_at)
    .select_from(
        test.outerjoin(sitting, and_(sitting.c.school_id == SCHOOL, sitting.c.test_id == test.c.id, sitting.c.pupil_id == _PUPIL))
        .outerjoin(attempt, and_(attempt.c.school_id == SCHOOL, attempt.c.id == sitting.c.attempt_id))
    )
    .where(test.c.school_id == SCHOOL, test.c.pilot_id.in_(bindparam("pilots", type_=Id, expanding=True)))
)  # fmt: skip


def pilots_of_pupil(of: SeenPupil) -> list[OwnPilot]:
    """Registered pilots of the classes the pupil is in, and of those they were drawn in. Two statements."""
    values = {"school": of.school_id, "pupil": of.id, "today": clock.today()}
    rows = [tuple(row) for row in read(_MINE, values)]
    tests: dict[uuid.UUID, list[tuple[uuid.UUID, str, int, uuid.UUID | None, datetime | None]]] = {}
    if rows:
        for row in read(_TESTS, {"school": of.school_id, "pupil": of.id, "pilots": [row[0] for row in rows]}):
            tests.setdefault(row[0], []).append((row[1], row[2], row[3], row[4], row[5]))
    return [_own(of, row, tests.get(row[0], [])) for row in rows]


def own_pilot(of: SeenPupil, pilot_id: uuid.UUID) -> OwnPilot | None:
    """For addresses below a pupil."""
    return next((one for one in pilots_of_pupil(of) if one.id == pilot_id), None)


def own_test(of: OwnPilot, test_id: uuid.UUID) -> OwnTest | None:
    """For addresses below a pupil's pilot."""
    return next((one for one in of.tests if one.id == test_id), None)


def _own(
    of: SeenPupil, row: tuple[object, ...], tests: list[tuple[uuid.UUID, str, int, uuid.UUID | None, datetime | None]]
) -> OwnPilot:
    id_, title, question, name_ru, name_en, tint, consent, starts, weeks, drawn, stopped, answer, arm, left = row
    times = Times(consent, starts, weeks)  # type: ignore[arg-type]
    is_in = left is None and (arm is not None if drawn is not None else answer == "yes")
    order = list(Sitting)
    made = sorted(
        (
            OwnTest(test_id, Sitting(kind), *times.window(Sitting(kind)), minutes, attempt_id, finished)
            for test_id, kind, minutes, attempt_id, finished in tests
        ),
        key=lambda one: order.index(one.kind),
    )
    return OwnPilot(
        of.school_id, id_, of.id, title, question, name_en if language() == "en" else name_ru, tint + 1,  # type: ignore[arg-type,operator]
        times, answer or "", left, drawn is not None, is_in, stopped, tuple(made),  # type: ignore[arg-type]
    )  # fmt: skip
