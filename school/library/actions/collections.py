"""Keeping units together, and sharing them with colleagues in one act."""

from sqlalchemy import delete, func, select

from content_library import Unit
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.actions.writing import author_of
from school.library.models import CollectedUnit, UnitCollection
from school.library.queries.collections import MOST, Circle
from school.library.seen import SeenCollection


def begin_collection(actor: Actor, title: str) -> UnitCollection:
    """An empty collection of one's own."""
    made = UnitCollection(title=title, made_by=actor.account_id, made_name=author_of(actor).name, made_at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def rename_collection(actor: Actor, collection: SeenCollection, title: str) -> None:
    """Call it otherwise."""
    db.session.get_one(UnitCollection, collection.id).title = title
    db.session.flush()


def put_in(actor: Actor, collection: SeenCollection | UnitCollection, unit: Unit) -> bool:
    """Put a unit after the others; whether there was room. One that is there stays at its place."""
    if db.session.get(CollectedUnit, (collection.id, unit.id)) is not None:
        return True
    there = select(func.count(), func.max(CollectedUnit.position)).where(CollectedUnit.collection_id == collection.id)
    count, last = db.session.execute(there).one()
    if count >= MOST:
        return False
    db.session.add(CollectedUnit(collection_id=collection.id, unit_id=unit.id, position=(last or 0) + 1))
    db.session.flush()
    return True


def take_out(actor: Actor, collection: SeenCollection, unit: Unit) -> None:
    """Take a unit out of a collection; the unit itself stays where it is."""
    found = db.session.get(CollectedUnit, (collection.id, unit.id))
    if found is not None:
        db.session.delete(found)
        db.session.flush()


def share(actor: Actor, collection: SeenCollection, circle: Circle | None) -> None:
    """Let these colleagues open it; without a circle it is one's own again."""
    found = db.session.get_one(UnitCollection, collection.id)
    found.shared_with = circle.school_id if circle else None
    found.shared_subject = circle.subject.id if circle and circle.subject else None
    db.session.flush()


def copy_collection(actor: Actor, collection: SeenCollection) -> UnitCollection:
    """A colleague's collection as one's own, to be changed."""
    made = begin_collection(actor, collection.title)
    rows = db.session.execute(
        select(CollectedUnit.unit_id, CollectedUnit.position).where(CollectedUnit.collection_id == collection.id)
    )
    db.session.add_all(
        CollectedUnit(collection_id=made.id, unit_id=unit_id, position=position) for unit_id, position in rows
    )
    db.session.flush()
    return made


def drop_collection(actor: Actor, collection: SeenCollection) -> None:
    """Forget a collection; its units stay in the library."""
    db.session.execute(delete(CollectedUnit).where(CollectedUnit.collection_id == collection.id))
    db.session.execute(delete(UnitCollection).where(UnitCollection.id == collection.id))
