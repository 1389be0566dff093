"""What goes with a pupil to another school: the days, badges and wardrobe, and the family's "off", which must hold there too."""

from typing import Any

from sqlalchemy import select

from school.classes.hooks import on_arrival
from school.core.database import db
from school.game.actions.writing import put, put_once
from school.game.models import Avatar, Badge, BoughtPart, PupilDay, PupilSwitch, Side
from school.people.models import Member


@on_arrival
def carry_game(old: Member, new: Member) -> None:
    """Copies, in the transfer's transaction. Who comes back to a school finds there what they left, and the rest beside it."""
    own = {"school_id": new.school_id, "pupil_id": new.id}
    for model in (PupilDay, Badge, BoughtPart, Avatar):
        put_once(model, [{**row, **own} for row in _rows(model, old)])
    for row in _rows(PupilSwitch, old):
        if row["side"] == Side.FAMILY:
            values = {name: row[name] for name in ("is_on", "set_at", "set_by")}
            put(PupilSwitch, {**own, "side": row["side"]}, values)


def _rows(model: Any, of: Member) -> list[dict[str, Any]]:
    table = model.__table__
    found = db.session.execute(select(table).where(table.c.school_id == of.school_id, table.c.pupil_id == of.id))
    return [dict(row) for row in found.mappings()]
