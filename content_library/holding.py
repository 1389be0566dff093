"""Units kept back for common tests: their questions are met by nobody before the test, so that it measures and does not remember.

A held unit is out of the catalogue like a retired one, and moreover can't be read, copied or practised: the published states of all
queries leave it out, and ``is_held`` is what those ask who come with the id of a version or of questions.
"""

import json
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from content_library import publishing
from content_library.drafts import Author, WrongState
from content_library.models import Item, Unit, UnitState, UnitTopic, UnitVersion


def hold(session: Session, unit: Unit, at: datetime, by: Author) -> UnitVersion:
    """Keep a draft back from now on: it is fixed without ever having been shown. Raises ``NotReady`` and ``WrongState``.

    What was published once measures memory, and schools may be using it: it can't be held.
    """
    if unit.published_version_id is not None:
        raise WrongState("only what nobody has met can be held")
    publishing.publish(session, unit, at, by)
    publishing.retire(session, unit)
    unit.held_at = at
    session.flush()
    return session.get_one(UnitVersion, unit.published_version_id)


def let_go(session: Session, unit: Unit) -> None:
    """The test is over: the unit may be read again, and stays out of the catalogue until it is published anew."""
    unit.held_at = None
    session.flush()


def held_among(session: Session, items: Collection[uuid.UUID]) -> bool:
    """Whether any of these questions is kept for a common test. One statement."""
    held = (
        select(Item.id)
        .join(UnitVersion, UnitVersion.id == Item.version_id)
        .join(Unit, Unit.id == UnitVersion.unit_id)
        .where(Item.id.in_(items), Unit.held_at.is_not(None))
    )
    return bool(session.scalar(select(held.exists())))


def is_held(session: Session, version: UnitVersion) -> bool:
    """Whether the unit of a version is kept for a common test."""
    return bool(session.scalar(select(exists().where(Unit.id == version.unit_id, Unit.held_at.is_not(None)))))


def twins_of(session: Session, version: UnitVersion) -> Sequence[tuple[uuid.UUID, str]]:
    """Published questions that say the same as one of a held version: question and unit title. Practice would give them away."""
    mine = {_said(spec) for spec in session.scalars(select(Item.spec).where(Item.version_id == version.id))}
    kinds = session.scalars(select(Item.kind).where(Item.version_id == version.id).distinct()).all()
    topics = select(UnitTopic.topic_id).where(UnitTopic.unit_id == version.unit_id)
    near = session.execute(
        select(Item.id, Item.spec, UnitVersion.title)
        .join(UnitVersion, UnitVersion.id == Item.version_id)
        .join(Unit, Unit.published_version_id == UnitVersion.id)
        .join(UnitTopic, UnitTopic.unit_id == Unit.id)
        .where(
            Unit.state == UnitState.PUBLISHED,
            Unit.id != version.unit_id,
            UnitTopic.topic_id.in_(topics),
            Item.kind.in_(kinds),
        )
    )
    return [(item_id, title) for item_id, spec, title in near if _said(spec) in mine]


def _said(spec: dict[str, object]) -> str:
    """What a question asks and what it takes for right, without remarks around it."""
    return json.dumps(
        {k: spec.get(k) for k in ("prompt", "options", "key")}, ensure_ascii=False, sort_keys=True
    ).casefold()
