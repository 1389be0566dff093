"""Leaving common tests out of what is told of answers: their results are shown to nobody while their questions are kept back."""

from typing import cast

from sqlalchemy import ColumnElement, Table, exists

from content_library.models import Unit, UnitVersion

version = cast("Table", UnitVersion.__table__)
_held = cast("Table", Unit.__table__).alias("held")

NOT_SEALED: ColumnElement[bool] = ~exists().where(
    _held.c.id == version.c.unit_id, _held.c.held_at.is_not(None)
).correlate(version)
"""For statements that have ``unit_version``: it is not of a unit that is kept back."""
