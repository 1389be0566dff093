"""Attempts and their questions: what may be shown before the finish, and everything after it."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from content_library import shelf
from content_library.models import Item, UnitVersion
from school.classes.queries import get_pupil
from school.classes.queries.relations import SCHOOL
from school.core.access import Actor
from school.core.database import Id, db, read
from school.people.models import Member
from school.tasks.kinds import kind_of
from school.tasks.kinds.contract import Phrase, Presented
from school.tasks.kinds.remarks import Remark
from school.tasks.models import Answer, Attempt, Verdict
from school.tasks.seen import JudgedItem, Picture, SeenAttempt, ShownItem

answer = cast("Table", Answer.__table__)


def get_attempt(actor: Actor, attempt_id: uuid.UUID) -> SeenAttempt | None:
    """An attempt of the actor's school with its pupil."""
    row = db.session.get(Attempt, (actor.school_id, attempt_id))
    if row is None:
        return None
    pupil = get_pupil(actor, row.pupil_id)
    return None if pupil is None else SeenAttempt(row.school_id, row.id, row, pupil)


def own_member(actor: Actor) -> Member:
    """The member that the actor is in the school of this page."""
    return db.session.get_one(Member, (actor.school_id, actor.member_id))


def item_of(attempt: SeenAttempt, item_id: uuid.UUID) -> Item | None:
    """For addresses below an attempt: a question of its version."""
    item = shelf.get_item(db.session(), item_id)
    return item if item is not None and item.version_id == attempt.row.unit_version_id else None


def get_version(_actor: Actor, version_id: uuid.UUID) -> UnitVersion | None:
    """A published version that has questions."""
    version = shelf.get_version(db.session(), version_id)
    if version is None or version.published_at is None or not shelf.items_of(db.session(), version):
        return None
    return version


def version_of(attempt: Attempt) -> UnitVersion:
    """The version that the attempt is of; versions in use are never deleted."""
    version = shelf.get_version(db.session(), attempt.unit_version_id)
    assert version is not None  # noqa: S101 - a foreign key says so
    return version


_LAST = (
    select(answer.c.item_id, answer.c.id, answer.c.given, answer.c.number)
    .where(answer.c.school_id == SCHOOL, answer.c.attempt_id == bindparam("attempt", type_=Id))
    .order_by(answer.c.number, answer.c.received_at, answer.c.id)
)


def last_answers(attempt: Attempt) -> dict[uuid.UUID, tuple[uuid.UUID, dict[str, Any], int]]:
    """By question: id, content and number of the answer that counts, the one with the highest number."""
    rows = read(_LAST, {"school": attempt.school_id, "attempt": attempt.id})
    return {item_id: (answer_id, given, number) for item_id, answer_id, given, number in rows}


def shown_items(attempt: Attempt) -> list[ShownItem]:
    """The questions of an attempt in their order, without keys, with the answers given so far."""
    version = version_of(attempt)
    given = last_answers(attempt)
    items = shelf.items_of(db.session(), version)
    pictures = _pictures(version, items)
    return [
        _shown(position, item, attempt.seed, pictures.get(item.id), *given.get(item.id, (None, None, 0))[1:])
        for position, item in enumerate(items, start=1)
    ]


def _shown(
    position: int, item: Item, seed: int, picture: Picture | None, given: dict[str, Any] | None, number: int
) -> ShownItem:
    variant = kind_of(item.kind).prepare(item.spec, seed)
    return ShownItem(item.id, position, variant.get("as", item.kind), variant, picture, given, number)


def judged_items(attempt: Attempt) -> list[JudgedItem]:
    """The questions of a finished attempt with verdicts, right answers and reasons; nothing before the finish."""
    if attempt.finished_at is None:
        return []
    version = version_of(attempt)
    given = {answer_id: what for answer_id, what, _ in last_answers(attempt).values()}
    rows = db.session.scalars(
        select(Verdict).where(Verdict.school_id == attempt.school_id, Verdict.attempt_id == attempt.id)
    )
    verdicts = {row.item_id: row for row in rows}
    items = shelf.items_of(db.session(), version)
    pictures = _pictures(version, items)
    return [
        _judged(position, item, attempt.seed, verdicts[item.id], given, pictures.get(item.id))
        for position, item in enumerate(items, start=1)
    ]


def _judged(
    position: int,
    item: Item,
    seed: int,
    verdict: Verdict,
    given: dict[uuid.UUID, dict[str, Any]],
    picture: Picture | None,
) -> JudgedItem:
    kind = kind_of(item.kind)
    presented: Presented | None = None
    example = kind.parse(kind.examples(item.spec, seed).right)
    if verdict.answer_id is not None:
        presented = kind.present(
            item.spec, seed, given[verdict.answer_id], kind.grade(item.spec, seed, given[verdict.answer_id])
        )
    right = presented or kind.present(item.spec, seed, example, kind.grade(item.spec, seed, example))
    said = tuple(Phrase(msgid, values) for msgid, values in verdict.feedback.get("said", ()))
    asked = kind.prepare(item.spec, seed)
    return JudgedItem(
        position,
        asked.get("as", item.kind),
        asked["prompt"],
        picture,
        presented,
        right.right,
        right.why,
        verdict.points,
        verdict.max_points,
        verdict.correct,
        said,
        tuple(Remark(*one) for one in verdict.feedback.get("remarks", ())),
        tuple(asked.get("areas", ())),
    )


def _pictures(version: UnitVersion, items: Iterable[Item]) -> dict[uuid.UUID, Picture]:
    wanted = {item.id: item.spec["picture"] for item in items if item.spec.get("picture")}
    if not wanted:
        return {}
    files = {_stem(file.name): file for file in shelf.files_of(db.session(), version)}
    return {
        item_id: Picture(file.sha256, file.name, file.content_type, picture["alt"])
        for item_id, picture in wanted.items()
        if (file := files.get(_stem(picture["name"]))) is not None
    }


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def max_points_of(items: Sequence[Item]) -> int:
    """What a run through these questions is out of."""
    return sum(int(item.spec.get("points", item.points)) for item in items)
