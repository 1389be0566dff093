"""Doing a task: begin, answer as often as one likes, finish once. Judged here, on the server, and only at the finish."""

import hashlib
import json
import secrets
import uuid
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from content_library import shelf
from content_library.models import Item, UnitVersion
from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.errors import Conflict
from school.core.languages import gettext as _
from school.tasks import hooks
from school.tasks.kinds import kind_of
from school.tasks.kinds.contract import BrokenSpec, Form, Phrase, Unreadable, say
from school.tasks.kinds.contract import Verdict as Judged
from school.tasks.kinds.remarks import remarks_on
from school.tasks.models import Answer, Attempt, Verdict
from school.tasks.queries import last_answers, max_points_of, version_of
from school.tasks.seen import SeenAttempt

__all__ = ["Finished", "NotATask", "Unreadable", "finish_attempt", "save_answer", "start_attempt"]

MOST_SEED = 2**31 - 1


class NotATask(Exception):
    """The unit has no questions to answer."""


class Finished(Conflict):
    """The attempt is handed in; answers are closed."""


class Pupil(Protocol):
    """A pupil, as a ``Member``, as seen by the actor or as a line of a class list."""

    @property
    def school_id(self) -> int:
        """Their school."""

    @property
    def id(self) -> uuid.UUID:
        """Their member id."""


def start_attempt(_actor: Actor, version: UnitVersion, pupil: Pupil) -> Attempt:
    """Begin a run of ``pupil`` through the questions of a version. Seed and highest points are fixed from now on.

    Raises ``NotATask`` when there is nothing to answer.
    """
    items = shelf.items_of(db.session(), version)
    if not items:
        raise NotATask(version.title)
    attempt = Attempt(
        school_id=pupil.school_id,
        id=new_id(),
        pupil_id=pupil.id,
        unit_version_id=version.id,
        seed=secrets.randbelow(MOST_SEED),
        started_at=clock.now(),
        max_points=max_points_of(items),
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def save_answer(
    actor: Actor, attempt: SeenAttempt, item: Item, client_id: uuid.UUID, given: Form, number: int
) -> Answer:
    """Keep one answer as it was given. The same ``client_id`` with the same content is one fact, however often it comes.

    ``number`` is the browser's order of answers to this question: the highest counts, whichever arrives last.
    Raises ``Unreadable`` (said kindly, costs nothing), ``Finished``, ``Conflict`` (the id with other content).
    """
    kind = kind_of(item.kind)
    read = kind.parse(given)
    # Judging may find an answer unreadable too (a number without its unit). The verdict itself is thrown away.
    kind.grade(item.spec, attempt.row.seed, read)
    digest = _digest(actor, attempt.id, item.id, read, number)
    row = _held(attempt)
    before = db.session.get(Answer, (attempt.school_id, client_id))
    if before is not None:
        return _same(before, digest)
    if row.finished_at is not None:
        raise Finished(_("This work is already handed in. The answers that were saved before count."))
    made = Answer(
        school_id=attempt.school_id,
        id=client_id,
        attempt_id=attempt.id,
        item_id=item.id,
        given=read,
        number=number,
        received_at=clock.now(),
        given_by=actor.account_id,
        payload_hash=digest,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return _same(db.session.get_one(Answer, (attempt.school_id, client_id)), digest)
    return made


def finish_attempt(actor: Actor, attempt: SeenAttempt) -> Attempt:
    """Judge the last answer to every question, once; a second press finds it done. Then those above are told."""
    row = _held(attempt)
    if row.finished_at is not None:
        return row
    answers = last_answers(row)
    total = Decimal(0)
    for item in shelf.items_of(db.session(), version_of(row)):
        answer_id, given, _number = answers.get(item.id, (None, None, 0))
        judged = _judge(item, row.seed, given)
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
                correct=judged.correct,
                feedback={
                    "said": [[one.msgid, dict(one.values)] for one in judged.feedback],
                    "remarks": [] if judged.correct else _remarks(item, row.seed, given),
                },
            )
        )
    row.finished_at = clock.now()
    row.points = float(total)
    db.session.flush()
    for tell in hooks.WHEN_FINISHED:
        tell(actor, row)
    return row


def _judge(item: Item, seed: int, given: dict[str, Any] | None) -> Judged:
    max_points = int(item.spec.get("points", item.points))
    if given is None:
        return Judged(Decimal(0), max_points, correct=False)
    try:
        return kind_of(item.kind).grade(item.spec, seed, given)
    except Unreadable as why:
        return Judged(Decimal(0), max_points, False, (why.reason,))
    except BrokenSpec:
        return Judged(Decimal(max_points), max_points, True, (BROKEN,))


def _remarks(item: Item, seed: int, given: dict[str, Any] | None) -> list[list[str]]:
    """What the author says to this wrong answer, each with the misconception behind it."""
    if given is None or not item.spec.get("remarks"):
        return []
    return [[one.says, one.misconception] for one in remarks_on(kind_of(item.kind), item.spec, seed, given)]


BROKEN: Phrase = say("There is a mistake in the task itself, so it counts in full.")


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


def _digest(actor: Actor, attempt_id: uuid.UUID, item_id: uuid.UUID, given: dict[str, Any], number: int) -> str:
    what = [str(actor.account_id), str(attempt_id), str(item_id), given, number]
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
