"""Writing a protocol, registering it, amending it, stopping. Events ``pilot.registered``, ``pilot.amended``, ``pilot.stopped``.

Registering freezes: the protocol's digest and the hash of the draw's seed enter the record before anybody is drawn.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import delete, select

from content_library.models import Subject, UnitVersion
from school.asks.actions import CannotAsk, ask_class, end_ask
from school.asks.models import AskKind
from school.classes.queries import get_group
from school.classes.seen import SeenCourse
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.languages import LOCALES, speaking
from school.core.languages import gettext as _
from school.core.records import record
from school.pilots.actions.checking import check_ready, check_same
from school.pilots.actions.telling import take_back
from school.pilots.drawing import commitment
from school.pilots.errors import CannotPilot
from school.pilots.models import Arm, Pilot, PilotAmendment, PilotCourse, PilotTest, SharedPilot, Sitting
from school.pilots.queries import entries_of, tests_of
from school.pilots.seen import SeenPilot, times_of
from school.pilots.times import FEWEST_DAYS, Times
from school.tasks.models import Conditions, Layout, Shows

MOST_SEED = 2**53 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """What is promised before it begins."""

    title: str
    question: str
    main_test: Sitting
    arms: tuple[Arm, ...]
    tasks: int
    sets: int
    consent_until: date
    starts_on: date
    weeks: int
    n_planned: int
    stop_rule: str
    most_minutes: int
    most_lost: int
    other_year: str = ""
    """Why a test may be of another year level's topics."""


def plan_pilot(
    actor: Actor,
    subject: Subject,
    protocol: Protocol,
    courses: Sequence[SeenCourse],
    tests: Mapping[Sitting, uuid.UUID],
) -> Pilot:
    """A draft. Raises ``CannotPilot``."""
    check_protocol(protocol)
    made = Pilot(
        school_id=actor.school_id,
        id=new_id(),
        subject_id=subject.id,
        seed=secrets.randbelow(MOST_SEED),
        secret=secrets.token_hex(32),
        made_at=clock.now(),
        made_by=actor.account_id,
        **_fields(protocol),
    )
    db.session.add(made)
    db.session.flush()
    _write_parts(made, courses, tests)
    return made


def change_pilot(
    _actor: Actor,
    pilot: SeenPilot,
    protocol: Protocol,
    courses: Sequence[SeenCourse],
    tests: Mapping[Sitting, uuid.UUID],
) -> Pilot:
    """Another draft in its place. Raises ``CannotPilot``, also when it was registered meanwhile."""
    row = held(pilot)
    if row.registered_at is not None:
        raise CannotPilot(_("This pilot is registered: its protocol stays as it is. Add a dated amendment instead."))
    check_protocol(protocol)
    for name, value in _fields(protocol).items():
        setattr(row, name, value)
    for model in (PilotCourse, PilotTest):
        db.session.execute(delete(model).where(model.school_id == row.school_id, model.pilot_id == row.id))
    _write_parts(row, courses, tests)
    return row


def drop_pilot(_actor: Actor, pilot: SeenPilot) -> None:
    """Throw a draft away."""
    row = held(pilot)
    if row.registered_at is not None:
        raise CannotPilot(_("This pilot is registered: its protocol stays as it is. Add a dated amendment instead."))
    for model in (PilotCourse, PilotTest):
        db.session.execute(delete(model).where(model.school_id == row.school_id, model.pilot_id == row.id))
    db.session.delete(row)
    db.session.flush()


def register_pilot(actor: Actor, pilot: SeenPilot) -> Pilot:
    """Freeze the protocol, seal the tests and ask the families. Registering twice is registering once. Raises ``CannotPilot``."""
    row = held(pilot)
    if row.registered_at is not None:
        return row
    tests = tests_of(row.school_id, row.id)
    check_ready(pilot, row, tests)
    times = times_of(row)
    for kind in Sitting:
        tests[kind].conditions_id = _conditions(row, times, kind, tests[kind].minutes)
    row.registered_at, row.registered_by = clock.now(), actor.account_id
    row.digest = digest_of(pilot, row, tests)
    if row.shared_id is not None:
        shared = db.session.get_one(SharedPilot, row.shared_id)
        if shared.closed_at is not None:
            raise CannotPilot(_("The city lets no more schools begin this protocol."))
        check_same(row, shared)
        shared.needed_until = max(shared.needed_until or times.over_on, times.over_on)
    db.session.flush()
    for entry in db.session.scalars(
        select(PilotCourse).where(PilotCourse.school_id == row.school_id, PilotCourse.pilot_id == row.id)
    ):
        course = next(one for one in pilot.courses if one.id == entry.course_id)
        group = get_group(actor, course.group_id)
        if group is not None:
            try:
                title, text = _letter(pilot, times)
                entry.ask_id = ask_class(actor, group, AskKind.CONSENT, title, text, row.consent_until)
            except CannotAsk as why:
                raise CannotPilot(why.why) from why
    record(
        actor,
        "pilot.registered",
        school_id=row.school_id,
        thing_id=row.id,
        payload={
            "protocol": row.digest,
            "draw": commitment(row.seed),
            "classes": sorted(str(c.id) for c in pilot.courses),
        },
    )
    db.session.flush()
    return row


def amend_pilot(actor: Actor, pilot: SeenPilot, text: str) -> PilotAmendment:
    """Say a change with its date; the protocol stays as it was. Raises ``CannotPilot``."""
    text = text.strip()
    if not pilot.is_registered or not text:
        raise CannotPilot(_("Say what is changed and why."))
    made = PilotAmendment(
        school_id=pilot.school_id,
        id=new_id(),
        pilot_id=pilot.id,
        text=text,
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    payload = {"pilot": str(pilot.id), "text": hashlib.sha256(text.encode()).hexdigest()}
    record(actor, "pilot.amended", school_id=pilot.school_id, thing_id=made.id, payload=payload)
    return made


def stop_pilot(actor: Actor, pilot: SeenPilot, why: str) -> None:
    """No more sets and no more tests from now on. What was done stays, and can be read as far as it goes."""
    row = held(pilot)
    if row.registered_at is None or not why.strip():
        raise CannotPilot(_("Say why it is stopped."))
    if row.stopped_at is not None:
        return
    row.stopped_at, row.stopped_by, row.stopped_why = clock.now(), actor.account_id, why.strip()[:500]
    db.session.flush()
    take_back(row)
    for entry in entries_of(pilot):
        if entry.ask_id is not None:
            end_ask(row.school_id, entry.ask_id)
    payload = {"why": hashlib.sha256(row.stopped_why.encode()).hexdigest()}
    record(actor, "pilot.stopped", school_id=row.school_id, thing_id=row.id, payload=payload)


def digest_of(pilot: SeenPilot, row: Pilot, tests: Mapping[str, PilotTest]) -> str:
    """SHA-256 of all that was promised: whoever has the page can count it again."""
    what: dict[str, Any] = asdict(protocol_of(row))
    if not row.other_year:
        del what["other_year"]  # protocols of before had no such line, and their fingerprints stay countable
    if row.shared_id is not None:
        what["shared"] = db.session.get_one(SharedPilot, row.shared_id).digest
    what["subject"] = row.subject_id
    what["courses"] = sorted(str(one.id) for one in pilot.courses)
    what["tests"] = {kind: [str(one.unit_version_id), one.minutes] for kind, one in tests.items()}
    return hashlib.sha256(json.dumps(what, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def protocol_of(row: Pilot) -> Protocol:
    """The promise as it stands in its row."""
    return Protocol(
        title=row.title,
        question=row.question,
        main_test=Sitting(row.main_test),
        arms=tuple(Arm(one) for one in row.arms),
        tasks=row.tasks,
        sets=row.sets,
        consent_until=row.consent_until,
        starts_on=row.starts_on,
        weeks=row.weeks,
        n_planned=row.n_planned,
        stop_rule=row.stop_rule,
        most_minutes=row.most_minutes,
        most_lost=row.most_lost,
        other_year=row.other_year,
    )


def held(pilot: SeenPilot) -> Pilot:
    """Its row, held until the end of the transaction."""
    return db.session.scalars(
        select(Pilot)
        .where(Pilot.school_id == pilot.school_id, Pilot.id == pilot.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _fields(protocol: Protocol) -> dict[str, Any]:
    return {**asdict(protocol), "main_test": protocol.main_test.value, "arms": [one.value for one in protocol.arms]}


def check_protocol(protocol: Protocol) -> None:
    """What can be said before any class is chosen. Raises ``CannotPilot``."""
    if len(set(protocol.arms)) < 2:
        raise CannotPilot(_("A comparison needs at least two ways of practice."))
    if protocol.main_test is Sitting.PRE:
        raise CannotPilot(_("The answer rests on a test after practice."))
    if protocol.starts_on <= protocol.consent_until + timedelta(FEWEST_DAYS):
        raise CannotPilot(
            _(
                "Between the last day to answer and the first day of practice there are at least three days for the test before."
            )
        )


def _write_parts(row: Pilot, courses: Sequence[SeenCourse], tests: Mapping[Sitting, uuid.UUID]) -> None:
    db.session.add_all(
        PilotCourse(school_id=row.school_id, id=new_id(), pilot_id=row.id, course_id=one.id) for one in courses
    )
    for kind, version_id in tests.items():
        version = db.session.get_one(UnitVersion, version_id)
        db.session.add(
            PilotTest(
                school_id=row.school_id,
                id=new_id(),
                pilot_id=row.id,
                kind=kind.value,
                unit_version_id=version_id,
                minutes=version.minutes or 20,
            )
        )
    db.session.flush()


def _conditions(row: Pilot, times: Times, kind: Sitting, minutes: int) -> uuid.UUID:
    first, last = times.window(kind)
    made = Conditions(
        school_id=row.school_id,
        id=new_id(),
        opens_at=clock.moscow(first, time()),
        closes_at=clock.moscow(last + timedelta(1), time()),
        minutes=minutes,
        attempts=1,
        shows=Shows.SEALED.value,
        layout=Layout.ONE.value,
        is_shuffled=True,
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def _letter(pilot: SeenPilot, times: Times) -> tuple[str, str]:
    """Heading and text, in the language of the school's families and not in that of whoever presses the button."""
    with speaking(LOCALES[0]):
        subject = db.session.get_one(Subject, pilot.row.subject_id).name_ru
        parts = (
            _("Our school compares ways of choosing homework tasks in the subject “%(subject)s”: “%(question)s”", subject=subject, question=pilot.row.question),
            _("From %(begin)s to %(end)s part of the homework is chosen for each pupil by chance in one of these ways. All have the same number of tasks. There are three short tests without a mark: before, after, and four weeks later.", begin=f"{times.starts_on:%d.%m.%Y}", end=f"{times.ends_on:%d.%m.%Y}"),
            _("Taking part is voluntary and changes no mark. Who does not take part has the usual homework. You and your child can leave at any time without a reason: then the results are not used."),
            _("Results leave the school only under pseudonyms. Without your answer your child does not take part."),
        )  # fmt: skip
        title = _("Taking part in a comparison: %(subject)s", subject=subject)
        return str(title), "\n\n".join(str(one) for one in parts)
