"""A person's bookmarks in a textbook."""

from sqlalchemy import select

from content_library import Unit
from school.core.access import Actor
from school.core.database import db
from school.library.models import Bookmark


def bookmarks_of(actor: Actor, unit: Unit) -> dict[str, str]:
    """What is marked, by its place, in the order of putting; nothing while one looks on another's behalf."""
    if actor.on_behalf_of is not None:
        return {}
    rows = db.session.execute(
        select(Bookmark.place, Bookmark.title)
        .where(Bookmark.account_id == actor.account_id, Bookmark.unit_id == unit.id)
        .order_by(Bookmark.made_at)
    )
    return {row.place: row.title for row in rows}
