"""Making something of a colleague's unit, and following what the original mends."""

from collections.abc import Collection

from content_library import Unit, copies, drafts, publishing
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.library.actions.writing import author_of


def copy_unit(actor: Actor, unit: Unit) -> Unit:
    """A draft of one's own that begins with what the unit says; its author, licence and chain stay named."""
    return copies.copy(db.session(), unit, author_of(actor), clock.now())


def follow_original(actor: Actor, unit: Unit, parts: Collection[str]) -> int:
    """Take these parts of what the original mended into the open version, begun now if there is none; how many were taken.

    Nothing that the copy has changed itself is overwritten.
    """
    db.session.refresh(unit, with_for_update=True)
    version = drafts.open_version(db.session(), unit)
    if version is None:
        if not parts:
            return copies.dismiss(db.session(), unit)
        version = publishing.new_version(db.session(), unit, author_of(actor), clock.now())
    return copies.take(db.session(), unit, version, parts)
