"""Taking rows out, with a note of who took what. Event ``pilot.exported`` with the digest of the file."""

import hashlib

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.records import record
from school.people.models import Member
from school.people.names import full_name
from school.pilots.exporting import answers_sheet, as_csv, as_xlsx, key_sheet, pupils_sheet
from school.pilots.models import PilotExport
from school.pilots.queries import places_of, scores_of
from school.pilots.seen import SeenPilot

KINDS = ("csv", "answers", "xlsx", "key")


def export_rows(actor: Actor, pilot: SeenPilot, kind: str) -> bytes:
    """A file of a kind of ``KINDS`` but ``key``."""
    places, scores = places_of(pilot.school_id, pilot.id), scores_of(pilot.school_id, pilot.id)
    secret = pilot.row.secret
    pupils, answers = pupils_sheet(secret, places, scores), answers_sheet(secret, places, scores)
    if kind == "xlsx":
        return _note(actor, pilot, kind, len(pupils.rows), as_xlsx({"pupils": pupils, "answers": answers}))
    sheet = answers if kind == "answers" else pupils
    return _note(actor, pilot, kind, len(sheet.rows), as_csv(sheet))


def export_key(actor: Actor, pilot: SeenPilot) -> bytes:
    """Pseudonyms with names of those who stayed."""
    ids = [one.pupil_id for one in places_of(pilot.school_id, pilot.id) if one.arm is not None and one.left_at is None]
    rows = db.session.execute(
        select(Member.id, Member.family_name, Member.given_name, Member.patronymic).where(
            Member.school_id == pilot.school_id, Member.id.in_(ids)
        )
    )
    sheet = key_sheet(pilot.row.secret, {row[0]: full_name(row[1], row[2], row[3]) for row in rows})
    return _note(actor, pilot, "key", len(sheet.rows), as_csv(sheet))


def _note(actor: Actor, pilot: SeenPilot, kind: str, rows: int, file: bytes) -> bytes:
    made = PilotExport(
        school_id=pilot.school_id,
        id=new_id(),
        pilot_id=pilot.id,
        kind=kind,
        rows=rows,
        sha256=hashlib.sha256(file).hexdigest(),
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    payload = {"pilot": str(pilot.id), "kind": kind, "rows": rows, "file": made.sha256}
    record(actor, "pilot.exported", school_id=pilot.school_id, thing_id=made.id, payload=payload)
    return file
