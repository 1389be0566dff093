"""Bookmarks in a textbook: put and taken out by the same press."""

from content_library import Unit
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.models import Bookmark


def turn_bookmark(actor: Actor, unit: Unit, place: str, title: str) -> bool:
    """Put a bookmark, or take out the one that is there; whether there is one now."""
    found = db.session.get(Bookmark, (actor.account_id, unit.id, place))
    if found is not None:
        db.session.delete(found)
    else:
        made = Bookmark(account_id=actor.account_id, unit_id=unit.id, place=place, title=title, made_at=clock.now())
        db.session.add(made)
    db.session.flush()
    return found is None
