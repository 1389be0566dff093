"""Files brought through the page: kept between the preview and the decision."""

from sqlalchemy import select

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.files import storage
from school.people.models import School
from school.roster.actions.importing import apply_roster, preview_roster
from school.roster.actions.undoing import undo
from school.roster.actions.weekly import apply_timetable, preview_timetable, undo_timetable
from school.roster.formats import read_uploaded_roster
from school.roster.models import ImportKind, RosterRun, RosterUpload
from school.roster.planning.steps import Preview
from school.roster.timetable import read_timetable


def keep_upload(actor: Actor, kind: ImportKind, file_name: str, content: bytes) -> RosterUpload:
    """Store the file and wait for the decision."""
    saved = storage().save(content)
    upload = RosterUpload(
        school_id=actor.school_id,
        id=new_id(),
        kind=kind,
        file_name=file_name.strip()[-200:] or "?",
        storage_key=saved.key,
        size=saved.size,
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def preview_upload(_actor: Actor, upload: RosterUpload) -> Preview:
    """What applying the file would do. Raises ``UnreadableError``, and ``NoSuchFile`` when the file was swept."""
    school = db.session.get_one(School, upload.school_id)
    content = _kept_bytes(upload)
    if upload.kind == ImportKind.TIMETABLE:
        return preview_timetable(read_timetable(upload.file_name, content), school)
    return preview_roster(read_uploaded_roster(upload.file_name, content), school)


def apply_upload(actor: Actor, upload: RosterUpload) -> RosterRun | None:
    """Apply the file, once: a second press finds the first one's run. None when there was nothing to change."""
    db.session.refresh(upload, with_for_update=True)
    if upload.batch_id is None:
        school = db.session.get_one(School, upload.school_id)
        content = _kept_bytes(upload)
        if upload.kind == ImportKind.TIMETABLE:
            week = read_timetable(upload.file_name, content)
            upload.batch_id = apply_timetable(actor, week, upload.file_name, school)[1]
        else:
            roster = read_uploaded_roster(upload.file_name, content)
            upload.batch_id = apply_roster(actor, roster, upload.file_name, school)[1]
        db.session.flush()
    mine = (RosterRun.school_id == upload.school_id, RosterRun.batch_id == upload.batch_id)
    return db.session.scalar(select(RosterRun).where(*mine))


def take_back(actor: Actor, run: RosterRun) -> None:
    """Undo an import of the actor's school. Raises ``CannotUndo``."""
    if run.kind == ImportKind.TIMETABLE:
        undo_timetable(actor, run)
    else:
        undo(actor, [run])


def discard(_actor: Actor, upload: RosterUpload) -> None:
    """Forget a file that was not applied; its bytes go with the next sweep of the storage."""
    db.session.delete(upload)
    db.session.flush()


def _kept_bytes(upload: RosterUpload) -> bytes:
    with storage().open(upload.storage_key) as stream:
        return stream.read()
