"""Doing a task: begin, answer as often as one likes, finish once. Judged here, on the server, and only at the finish."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from content_library import holding, shelf
from content_library.models import Item, UnitVersion
from school.classes.queries.relations import SCHOOL
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, new_id
from school.core.database import read as read_rows
from school.core.errors import Conflict
from school.core.jobs import enqueue
from school.core.languages import gettext as _
from school.tasks import hooks, sheets
from school.tasks.actions.judging import in_full, judge, remarks_of
from school.tasks.ease import NOTHING, Ease
from school.tasks.kinds import BY_HAND, kind_of
from school.tasks.kinds.byhand import files_in
from school.tasks.kinds.contract import Form, Unreadable, say
from school.tasks.kinds.hints import after_hints
from school.tasks.models import Answer, Attempt, Conditions, Shows, Verdict
from school.tasks.queries import are_own_files, items_asked, last_answers, max_points_of, rulings_within
from school.tasks.queries.corrections import made_good, standing_verdicts
from school.tasks.queries.easing import ease_of
from school.tasks.queries.hints import opened_hints
from school.tasks.seen import SeenAttempt

MOST_SEED = 2**31 - 1
GRACE = timedelta(seconds=30)
"""After the closing an answer may still be on its way; nobody loses one to a slow network."""
LATEST = timedelta(days=7)
"""So long after the closing answers are kept that were given before it on a device without a connection."""
CLOSE = "tasks.close"


class NotATask(Exception):
    """The unit has no questions to answer."""


class Finished(Conflict):
    """The attempt is handed in or its time is over; answers are closed."""


class Pupil(Protocol):
    """A pupil, as a ``Member``, as seen by the actor or as a line of a class list."""

    @property
    def school_id(self) -> int:
        """Their school."""

    @property
    def id(self) -> uuid.UUID:
        """Their member id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an attempt is done for, beside the unit it is of: everything may be left out."""

    given_for: uuid.UUID | None = None
    """A homework."""
    conditions: Conditions | None = None
    sheet: sheets.Sheet | None = None
    """The questions of this pupil; wins over what the conditions draw."""
    seed: int | None = None
    closes_at: datetime | None = None
    """The latest moment for this pupil, when it is not that of the conditions."""
    is_eased: bool = False
    """The ``sheet`` was made for an earlier attempt, with what the profile makes easier: it is not shortened twice."""
    corrects: Attempt | None = None
    """The finished attempt whose wrong answers are put right; without a ``sheet``, all of them are asked once more."""


NOTHING_SPECIAL = Given()


def start_attempt(_actor: Actor, version: UnitVersion, pupil: Pupil, given: Given = NOTHING_SPECIAL) -> Attempt:
    """Begin a run of ``pupil`` through questions. Seed, questions, closing and highest points are fixed from now on.

    Raises ``NotATask`` when there is nothing to answer, and for questions that are kept for a common test.
    """
    now = clock.now()
    seed = given.seed if given.seed is not None else secrets.randbelow(MOST_SEED)
    ease = ease_of(pupil)
    attempt = Attempt(
        school_id=pupil.school_id,
        id=new_id(),
        pupil_id=pupil.id,
        unit_version_id=version.id,
        seed=seed,
        started_at=now,
        sheet=_eased(given.sheet or _drawn(version, given.conditions, seed), version, seed, ease, given),
        eased=asdict(ease) if ease.is_any else None,
        given_for=given.given_for,
        conditions_id=given.conditions.id if given.conditions is not None else None,
        closes_at=closing_of(given, now, ease),
        carried=0.0,
        takes_late=False,
    )
    items = items_asked(attempt)
    is_sealed = given.conditions is not None and given.conditions.shows == Shows.SEALED
    if not items or (not is_sealed and holding.held_among(db.session(), [one.id for one in items])):
        raise NotATask(version.title)
    attempt.max_points = max_points_of(items)
    if given.corrects is not None:
        _carry(attempt, given.corrects)
    db.session.add(attempt)
    db.session.flush()
    if attempt.closes_at is not None:
        asked = {"school_id": attempt.school_id, "attempt_id": attempt.id}
        enqueue(CLOSE, asked, key=f"{CLOSE} {attempt.id}", run_at=attempt.closes_at + GRACE)
    return attempt


def closing_of(given: Given, now: datetime, ease: Ease = NOTHING) -> datetime | None:
    """When an attempt that begins now will close: the end of its time, or of the test's window if that is earlier.

    Who has more time has it at the end of the window too: beginning with all the others takes nothing of it.
    """
    usual = given.conditions.minutes if given.conditions is not None else None
    minutes = ease.minutes(usual) if usual is not None else None
    window = given.closes_at or (given.conditions.closes_at if given.conditions is not None else None)
    if window is not None and usual is not None and minutes is not None:
        window += timedelta(minutes=minutes - usual)
    ends = [window, now + timedelta(minutes=minutes) if minutes is not None else None]
    return min((one for one in ends if one is not None), default=None)


def _eased(
    sheet: sheets.Sheet | None, version: UnitVersion, seed: int, ease: Ease, given: Given
) -> sheets.Sheet | None:
    """The same with fewer questions in each section; what is put right was chosen already."""
    if not ease.fewer or given.is_eased or given.corrects is not None:
        return sheet
    if sheet is None:
        every = sheets.whole(one.id for one in shelf.items_of(db.session(), version))
        sheet = sheets.drawn(every, seed, is_shuffled=False)
    sections = [{**one, "items": ease.of(one["items"], seed)} for one in sheet["sections"]]
    return {**sheet, "sections": sections}


def _drawn(version: UnitVersion, conditions: Conditions | None, seed: int) -> sheets.Sheet | None:
    if conditions is None or (conditions.sections is None and not conditions.is_shuffled):
        return None
    sections = conditions.sections
    if sections is None:
        sections = sheets.whole(one.id for one in shelf.items_of(db.session(), version))
    return sheets.drawn(sections, seed, is_shuffled=conditions.is_shuffled)


def _carry(attempt: Attempt, corrects: Attempt) -> None:
    """Points of what is not asked again stay, and the result is out of what it was out of."""
    standing = standing_verdicts(corrects)
    again = [standing[one.id] for one in items_asked(attempt) if one.id in standing]
    attempt.carried = float(Decimal(str(corrects.points or 0)) - sum(Decimal(str(one.points)) for one in again))
    attempt.max_points = corrects.max_points
    attempt.corrects_id = corrects.id


def save_answer(
    actor: Actor, attempt: SeenAttempt, item: Item, client_id: uuid.UUID, given: Form, number: int, age: float = 0.0
) -> Answer:
    """Keep one answer as it was given. The same ``client_id`` with the same content is one fact, however often it comes.

    ``number`` is the browser's order of answers to this question: the highest counts, whichever arrives last. ``age`` is how
    many seconds the answer had waited on its device, by a difference of that device's own clock: what hour it shows there
    means nothing. One that was given in time and arrives after the end is kept as late. Raises ``Unreadable`` (said kindly,
    costs nothing), ``Finished``, ``Conflict`` (the id with other content).
    """
    kind = kind_of(item.kind)
    read = kind.parse(given)
    # Judging may find an answer unreadable too (a number without its unit). The verdict itself is thrown away.
    kind.grade(item.spec, attempt.row.seed, read)
    if not are_own_files(attempt, item.id, files_in(read) if item.kind in BY_HAND else []):
        raise Unreadable(say("The file or the drawing did not arrive whole. Add it once more."))
    digest = _digest(actor, attempt.id, item.id, read, number)
    asked = {"school": attempt.school_id, "thing": attempt.id}
    ((finished_at, closes_at),) = read_rows(_TIMES_HELD, asked)
    now = clock.now()
    over = _over(finished_at, closes_at, now)
    values = {
        "school_id": attempt.school_id,
        "id": client_id,
        "attempt_id": attempt.id,
        "item_id": item.id,
        "given": read,
        "number": number,
        "received_at": now,
        "given_by": actor.account_id,
        "payload_hash": digest,
        "late": over is not None,
    }
    if over is not None and not over - LATEST < now - timedelta(seconds=max(0.0, age)) <= over:
        before = db.session.get(Answer, (attempt.school_id, client_id))
        if before is not None:
            return _same(before, digest)
        if finished_at is not None:
            raise Finished(_("This work is already handed in. The answers that were saved before count."))
        raise Finished(_("The time is over. The answers that were saved before count."))
    is_postgres = db.session.get_bind().dialect.name == "postgresql"
    if read_rows(_KEEP_POSTGRES if is_postgres else _KEEP_SQLITE, values):
        return Answer(**values)  # as it was written: nothing is asked of the database to say so
    return _same(db.session.get_one(Answer, (attempt.school_id, client_id)), digest)


answer, attempt_table = cast("Table", Answer.__table__), cast("Table", Attempt.__table__)
_KEEP_POSTGRES = postgresql.insert(answer).on_conflict_do_nothing().returning(answer.c.id)
_KEEP_SQLITE = sqlite.insert(answer).on_conflict_do_nothing().returning(answer.c.id)
_TIMES_HELD = (
    select(attempt_table.c.finished_at, attempt_table.c.closes_at)
    .where(attempt_table.c.school_id == SCHOOL, attempt_table.c.id == bindparam("thing", type_=Id))
    .with_for_update()
)
"""Holds the attempt until the end of the transaction: an answer and the finish never pass each other."""


def _over(finished_at: datetime | None, closes_at: datetime | None, now: datetime) -> datetime | None:
    """When answers were closed; None while they are open."""
    ended = closes_at if closes_at is not None and now > closes_at + GRACE else None
    if finished_at is None or (ended is not None and ended < finished_at):
        return ended
    return finished_at


def finish_attempt(actor: Actor, attempt: SeenAttempt) -> Attempt:
    """Judge the last answer to every question, once; a second press finds it done. Then those above are told."""
    row = _held(attempt)
    if row.finished_at is not None:
        return row
    answers, rulings = last_answers(row), rulings_within(row.school_id, row.given_for)
    items = items_asked(row)
    opened = opened_hints(row, items)
    total = Decimal(str(row.carried))
    good = made_good(row) if row.corrects_id is not None and rulings else set()
    for item in items:
        answer_id, given, _number = answers.get(item.id, (None, None, 0))
        judged = judge(item, row.seed, given, rulings.get(item.id, ()))
        judged = after_hints(judged, item.spec, opened.get(item.id, 0))
        judged = in_full(judged) if item.id in good and not judged.correct else judged
        total += judged.points
        db.session.add(
            Verdict(
                school_id=row.school_id,
                id=new_id(),
                attempt_id=row.id,
                item_id=item.id,
                answer_id=answer_id,
                points=float(judged.points),
                max_points=judged.max_points,
                waits=judged.waits,
                correct=judged.correct,
                feedback={
                    "said": [[one.msgid, dict(one.values)] for one in judged.feedback],
                    "remarks": [] if judged.correct or judged.waits else remarks_of(item, row.seed, given),
                },
            )
        )
    row.finished_at = clock.now()
    row.points = float(total)
    db.session.flush()
    for tell in hooks.WHEN_FINISHED:
        tell(actor, row)
    return row


def _held(attempt: SeenAttempt) -> Attempt:
    """The attempt, held until the end of the transaction: an answer and the finish never pass each other."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.school_id == attempt.school_id, Attempt.id == attempt.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _same(before: Answer, digest: str) -> Answer:
    if before.payload_hash != digest:
        raise Conflict(_("Another answer was already saved under this number. Nothing was overwritten."))
    return before


def _digest(actor: Actor, attempt_id: uuid.UUID, item_id: uuid.UUID, given: Mapping[str, Any], number: int) -> str:
    what = [str(actor.account_id), str(attempt_id), str(item_id), given, number]
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
