"""Files brought through the page: kept between the preview and the decision."""

from school.core import clock
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.files import storage
from school.roster.models import ImportKind, RosterUpload


def keep_upload(actor: Actor, kind: ImportKind, file_name: str, content: bytes) -> RosterUpload:
    """Store the file and wait for the decision."""
    saved = storage().save(content)
    upload = RosterUpload(
        school_id=actor.school_id,
        id=new_id(),
        kind=kind,
        file_name=file_name[:200],
        storage_key=saved.key,
        size=saved.size,
        made_at=clock.now(),
        made_by=actor.account_id,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def kept_bytes(upload: RosterUpload) -> bytes:
    """The file again. Raises ``NoSuchFile`` when it was swept meanwhile."""
    with storage().open(upload.storage_key) as stream:
        return stream.read()


def discard(_actor: Actor, upload: RosterUpload) -> None:
    """Forget a file that was not applied; its bytes go with the next sweep."""
    db.session.delete(upload)
    db.session.flush()
