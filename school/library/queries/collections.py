"""Collections of units: one's own, and those that a school or the teachers of a subject share."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.types import Date

from content_library import Card, Subject, Unit, catalogue, shelf, subjects
from school.classes.models import Course, TeachingPost
from school.core import clock
from school.core.access import Actor
from school.core.database import Id, db, read
from school.library.models import CollectedUnit, UnitCollection
from school.library.seen import SeenCollection

MOST = 200
"""Collections listed at once, and units in one: more is a shelf, not a collection."""

_post, _course = cast("Table", TeachingPost.__table__), cast("Table", Course.__table__)
_TAUGHT = (
    select(_course.c.subject_id)
    .join(_post, and_(_post.c.school_id == _course.c.school_id, _post.c.course_id == _course.c.id))
    .where(
        _course.c.school_id == bindparam("school"),
        _post.c.school_id == bindparam("school"),
        _post.c.teacher_id == bindparam("member", type_=Id),
        _post.c.from_on <= bindparam("today", type_=Date),
        or_(_post.c.to_on.is_(None), _post.c.to_on >= bindparam("today", type_=Date)),
    )
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Circle:
    """With whom a collection may be shared in one act."""

    school_id: int
    school: str
    subject: Subject | None

    @property
    def key(self) -> str:
        """As it stands in a form."""
        return f"{self.school_id}-{self.subject.id if self.subject else ''}"


def staff_of(actor: Actor) -> dict[int, str]:
    """The schools where a person works, with their names."""
    return {
        one.school_id: one.school_name
        for one in actor.standings
        if one.school_id is not None and one.kind not in {"pupil", "parent"}
    }


def taught_by(actor: Actor) -> dict[int, set[int]]:
    """The subjects that a person teaches now, by school; who runs a school counts as everybody's colleague."""
    found: dict[int, set[int]] = {}
    for one in actor.standings:
        if one.school_id is None or one.member_id is None:
            continue
        if one.kind == "teacher":
            values = {"school": one.school_id, "member": one.member_id, "today": clock.today()}
            found.setdefault(one.school_id, set()).update(row[0] for row in read(_TAUGHT, values))
        elif one.kind in {"deputy", "head"}:
            found.setdefault(one.school_id, set()).update(sub.id for sub in subjects.all_subjects(db.session()))
    return found


_COUNT = (
    select(func.count())
    .where(CollectedUnit.collection_id == UnitCollection.id)
    .correlate(UnitCollection)
    .scalar_subquery()
)
_SEEN = select(
    UnitCollection.id,
    UnitCollection.title,
    UnitCollection.made_by,
    UnitCollection.made_name,
    UnitCollection.shared_with,
    UnitCollection.shared_subject,
    _COUNT,
)


def collections_for(actor: Actor) -> tuple[list[SeenCollection], list[SeenCollection]]:
    """One's own collections, and those that colleagues share; the newest first."""
    own = _SEEN.where(UnitCollection.made_by == actor.account_id).order_by(UnitCollection.id.desc()).limit(MOST)
    others = (
        _SEEN.where(UnitCollection.shared_with.in_(staff_of(actor)), UnitCollection.made_by != actor.account_id)
        .order_by(UnitCollection.id.desc())
        .limit(MOST)
    )
    taught = taught_by(actor)
    shared = [_seen(row, actor, taught) for row in db.session.execute(others)]
    return [_seen(row, actor, {}) for row in db.session.execute(own)], [one for one in shared if one.is_open]


def get_collection(actor: Actor, collection_id: uuid.UUID) -> SeenCollection | None:
    """A collection by its address."""
    row = db.session.execute(_SEEN.where(UnitCollection.id == collection_id)).first()
    if row is None:
        return None
    return _seen(row, actor, taught_by(actor) if row.shared_subject is not None else {})


def unit_in(collection: SeenCollection, unit_id: uuid.UUID) -> Unit | None:
    """A unit of this collection."""
    if db.session.get(CollectedUnit, (collection.id, unit_id)) is None:
        return None
    return shelf.get_unit(db.session(), unit_id)


def cards_in(collection: SeenCollection) -> list[Card]:
    """The units of a collection in their order, retired ones too."""
    ids = db.session.scalars(
        select(CollectedUnit.unit_id)
        .where(CollectedUnit.collection_id == collection.id)
        .order_by(CollectedUnit.position)
        .limit(MOST)
    ).all()
    cards = catalogue.cards_of(db.session(), ids)
    return [cards[one] for one in ids if one in cards]


def collections_with(actor: Actor, unit: Unit) -> dict[uuid.UUID, bool]:
    """One's own collections, and whether the unit is in each."""
    inside = (
        select(CollectedUnit.unit_id)
        .where(CollectedUnit.collection_id == UnitCollection.id, CollectedUnit.unit_id == unit.id)
        .exists()
    )
    wish = select(UnitCollection.id, inside).where(UnitCollection.made_by == actor.account_id)
    return {row[0]: bool(row[1]) for row in db.session.execute(wish)}


def circles_of(actor: Actor) -> list[Circle]:
    """The teachers of each subject that a person teaches, and all colleagues, in each school."""
    names = {one.id: one for one in subjects.all_subjects(db.session())}
    made = []
    for school_id, subject_ids in taught_by(actor).items():
        school = staff_of(actor).get(school_id, "")
        if len(subject_ids) < len(names):
            made += [Circle(school_id, school, names[one]) for one in sorted(subject_ids)]
        made.append(Circle(school_id, school, None))
    return made


def _seen(row: Sequence[Any], actor: Actor, taught: Mapping[int, set[int]]) -> SeenCollection:
    _id, _title, made_by, _name, school, subject, _units = row
    is_own = made_by == actor.account_id
    is_colleague = school is not None and school in staff_of(actor)
    in_team = subject is None or (school is not None and subject in taught.get(school, ()))
    return SeenCollection(
        id=row[0],
        title=row[1],
        made_by=made_by,
        made_name=row[3],
        shared_with=school,
        shared_subject=subject,
        units=row[6],
        is_open=is_own or (is_colleague and in_team),
    )
