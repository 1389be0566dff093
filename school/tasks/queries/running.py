"""Attempts and their questions: what may be shown before the finish, and everything after it."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Boolean, Table, and_, bindparam, func, or_, select

from content_library import holding, shelf
from content_library.models import Item, UnitVersion
from school.classes.queries import get_pupil
from school.classes.queries.relations import SCHOOL
from school.core.access import Actor
from school.core.database import Id, db, read
from school.people.models import Member
from school.tasks import sheets
from school.tasks.kinds import kind_of
from school.tasks.kinds.contract import Phrase, Presented
from school.tasks.kinds.remarks import Remark
from school.tasks.models import Answer, Attempt, Conditions, ItemRuling, Verdict
from school.tasks.queries.judgements import judgements_of
from school.tasks.queries.pictures import pictures_of
from school.tasks.seen import JudgedItem, Picture, SeenAttempt

answer = cast("Table", Answer.__table__)


def get_attempt(actor: Actor, attempt_id: uuid.UUID) -> SeenAttempt | None:
    """An attempt of the actor's school with its pupil."""
    row = db.session.get(Attempt, (actor.school_id, attempt_id))
    if row is None:
        return None
    pupil = get_pupil(actor, row.pupil_id)
    if pupil is None:
        return None
    conditions = db.session.get(Conditions, (row.school_id, row.conditions_id)) if row.conditions_id else None
    return SeenAttempt(row.school_id, row.id, row, pupil, conditions)


def find_attempt(actor: Actor, attempt_id: uuid.UUID) -> SeenAttempt | None:
    """The same to be read only, for the pages of a pupil at work: its rows are copies that no transaction writes back."""
    rows = read(_ATTEMPT, {"school": actor.school_id, "thing": attempt_id})
    pupil = get_pupil(actor, rows[0][_OF_PUPIL]) if rows else None
    if pupil is None:
        return None
    n = len(_OF_ATTEMPT)
    row = Attempt(**dict(zip(_OF_ATTEMPT, rows[0][:n], strict=True)))
    conditions = Conditions(**dict(zip(_OF_CONDITIONS, rows[0][n:], strict=True))) if row.conditions_id else None
    return SeenAttempt(row.school_id, row.id, row, pupil, conditions)


_attempt, _conditions = cast("Table", Attempt.__table__), cast("Table", Conditions.__table__)
_OF_ATTEMPT, _OF_CONDITIONS = tuple(_attempt.c.keys()), tuple(_conditions.c.keys())
_OF_PUPIL = _OF_ATTEMPT.index("pupil_id")
_ATTEMPT = (
    select(*_attempt.c, *_conditions.c)
    .select_from(
        _attempt.outerjoin(
            _conditions, and_(_conditions.c.school_id == SCHOOL, _conditions.c.id == _attempt.c.conditions_id)
        )
    )
    .where(_attempt.c.school_id == SCHOOL, _attempt.c.id == bindparam("thing", type_=Id))
)


def own_member(actor: Actor) -> Member:
    """The member that the actor is in the school of this page."""
    return db.session.get_one(Member, (actor.school_id, actor.member_id))


def item_of(attempt: SeenAttempt, item_id: uuid.UUID) -> Item | None:
    """For addresses below an attempt: a question that it asks."""
    item = shelf.get_item(db.session(), item_id)
    if item is None:
        return None
    sheet = attempt.row.sheet
    is_asked = item.version_id == attempt.row.unit_version_id if sheet is None else item.id in sheets.asked(sheet)
    return item if is_asked else None


def find_item(attempt: SeenAttempt, item_id: uuid.UUID) -> Item | None:
    """The same to be read only: a copy that no transaction writes back."""
    rows = read(_ITEM, {"thing": item_id})
    if not rows:
        return None
    made = Item(**dict(zip(_OF_ITEM, rows[0], strict=True)))
    sheet = attempt.row.sheet
    is_asked = made.version_id == attempt.row.unit_version_id if sheet is None else str(item_id) in _texts(sheet)
    return made if is_asked else None


def _texts(sheet: sheets.Sheet) -> list[str]:
    """The questions of a sheet as they stand in it."""
    return [one for section in sheet["sections"] for one in section["items"]]


_item = cast("Table", Item.__table__)
_OF_ITEM = tuple(_item.c.keys())
_ITEM = select(*_item.c).where(_item.c.id == bindparam("thing", type_=Id))


def items_asked(attempt: Attempt) -> list[Item]:
    """The questions of an attempt in their order, with their keys."""
    if attempt.sheet is None:
        return list(shelf.items_of(db.session(), version_of(attempt)))
    wanted = sheets.asked(attempt.sheet)
    found = {one.id: one for one in db.session.scalars(select(Item).where(Item.id.in_(wanted)))}
    return [found[one] for one in wanted if one in found]


def rulings_within(school_id: int, within: uuid.UUID | None) -> dict[uuid.UUID, list[ItemRuling]]:
    """By question: what was ruled for the attempts of one homework."""
    if within is None:
        return {}
    found: dict[uuid.UUID, list[ItemRuling]] = {}
    for one in db.session.scalars(
        select(ItemRuling)
        .where(ItemRuling.school_id == school_id, ItemRuling.within == within)
        .order_by(ItemRuling.made_at, ItemRuling.id)
    ):
        found.setdefault(one.item_id, []).append(one)
    return found


def get_version(_actor: Actor, version_id: uuid.UUID) -> UnitVersion | None:
    """A published version that has questions."""
    version = shelf.get_version(db.session(), version_id)
    if version is None or version.published_at is None or not shelf.items_of(db.session(), version):
        return None
    return None if holding.is_held(db.session(), version) else version


def version_of(attempt: Attempt) -> UnitVersion:
    """The version that the attempt is of; versions in use are never deleted."""
    version = shelf.get_version(db.session(), attempt.unit_version_id)
    assert version is not None  # noqa: S101 - a foreign key says so
    return version


def title_of(attempt: Attempt) -> str:
    """The title of the version that the attempt is of."""
    ((title,),) = read(_TITLE, {"version": attempt.unit_version_id})
    return str(title)


_version = cast("Table", UnitVersion.__table__)
_TITLE = select(_version.c.title).where(_version.c.id == bindparam("version", type_=Id))

_RANKED = (
    select(
        answer.c.item_id,
        answer.c.id,
        answer.c.given,
        answer.c.number,
        func.row_number()
        .over(
            partition_by=answer.c.item_id,
            order_by=(answer.c.number.desc(), answer.c.received_at.desc(), answer.c.id.desc()),
        )
        .label("place"),
    )
    .where(
        answer.c.school_id == SCHOOL,
        answer.c.attempt_id == bindparam("attempt", type_=Id),
        or_(~answer.c.late, bindparam("takes_late", type_=Boolean)),
    )
    .subquery()
)
_LAST = select(_RANKED.c.item_id, _RANKED.c.id, _RANKED.c.given, _RANKED.c.number).where(_RANKED.c.place == 1)
"""Every pause in typing saves an answer: only the one that counts travels."""


def last_answers(attempt: Attempt) -> dict[uuid.UUID, tuple[uuid.UUID, dict[str, Any], int]]:
    """By question: id, content and number of the answer that counts, the one with the highest number."""
    rows = read(_LAST, {"school": attempt.school_id, "attempt": attempt.id, "takes_late": bool(attempt.takes_late)})
    return {item_id: (answer_id, given, number) for item_id, answer_id, given, number in rows}


_NEWEST = select(func.max(answer.c.number)).where(
    answer.c.school_id == SCHOOL,
    answer.c.attempt_id == bindparam("attempt", type_=Id),
    answer.c.item_id == bindparam("item", type_=Id),
    ~answer.c.late,
)


def newest_number(kept: Answer) -> int:
    """The highest number among the answers to the same question: another device may have given a later one."""
    rows = read(_NEWEST, {"school": kept.school_id, "attempt": kept.attempt_id, "item": kept.item_id})
    return int(rows[0][0] or 0)


def judged_items(attempt: Attempt) -> list[JudgedItem]:
    """The questions of a finished attempt with verdicts, right answers and reasons; nothing before the finish."""
    if attempt.finished_at is None:
        return []
    items = items_asked(attempt)
    judged = judgements_of(attempt, items)
    given = {
        answer_id: {**what, "levels": list(judged[item_id].levels)} if item_id in judged else what
        for item_id, (answer_id, what, _) in last_answers(attempt).items()
    }
    rows = db.session.scalars(
        select(Verdict).where(Verdict.school_id == attempt.school_id, Verdict.attempt_id == attempt.id)
    )
    verdicts = {row.item_id: row for row in rows}
    pictures = pictures_of((one.id, one.version_id, one.spec) for one in items)
    before = _before(attempt)
    return [
        replace(
            _judged(
                position, item, attempt.seed, verdicts[item.id], given, pictures.get(item.id), before.get(item.id, "")
            ),
            item_id=item.id,
            waits=verdicts[item.id].waits,
            says=judged[item.id].says if item.id in judged else "",
        )
        for position, item in enumerate(items, start=1)
    ]


def _before(attempt: Attempt) -> dict[uuid.UUID, str]:
    """By question of a correction: what was answered the time before, in whichever round that was."""
    found: dict[uuid.UUID, str] = {}
    at = attempt
    while at.corrects_id is not None:
        at = db.session.get_one(Attempt, (at.school_id, at.corrects_id))
        answers = last_answers(at)
        for item in items_asked(at):
            if item.id in answers and item.id not in found:
                found[item.id] = _said(item, at.seed, answers[item.id][1])
    return found


def _said(item: Item, seed: int, given: dict[str, Any]) -> str:
    kind = kind_of(item.kind)
    return kind.present(item.spec, seed, given, kind.grade(item.spec, seed, given)).given


def _judged(
    position: int,
    item: Item,
    seed: int,
    verdict: Verdict,
    given: dict[uuid.UUID, dict[str, Any]],
    picture: Picture | None,
    before: str,
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
        before,
        map=asked.get("map", ""),
        drawing=asked.get("drawing"),
        material=asked.get("material", ""),
        given=given.get(verdict.answer_id) if verdict.answer_id else None,
    )


def max_points_of(items: Sequence[Item]) -> int:
    """What a run through these questions is out of."""
    return sum(int(item.spec.get("points", item.points)) for item in items)
