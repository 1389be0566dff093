"""A file on its way from a browser to the storage: begun, gone on with after whatever happened, taken or dropped."""

import uuid
from datetime import datetime

from sqlalchemy import delete

from content_library import NoSuchFile, Purpose, uploads
from content_library.storage import PART, PartsUpload, UploadRefused
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.files import storage
from school.core.transactions import on_commit
from school.library.actions.films import film_arrived
from school.library.actions.placing import FileRefused, document_arrived, made_anew_arrived
from school.library.models import Upload
from school.library.seen import Draft


def begin_upload(actor: Actor, draft: Draft, purpose: Purpose, name: str, size: int) -> Upload:
    """Open the storage for a file of this size. Raises ``FileRefused`` for what is known already to be too large."""
    if size <= 0:
        raise FileRefused("empty")
    if size > uploads.RULES[purpose].limit:
        raise FileRefused("too_large")
    place = storage().start_parts("application/octet-stream")
    made = Upload(
        id=uuid.uuid4(),
        version_id=draft.version.id,
        incoming=place.incoming,
        upload_id=place.upload_id,
        purpose=purpose.value,
        name=name[:200],
        size=size,
        begun_at=clock.now(),
        begun_by=actor.account_id,
        why="",
    )
    db.session.add(made)
    db.session.flush()
    return made


def end_upload(actor: Actor, draft: Draft, sent: Upload, alt: str, parts_sum: str) -> None:
    """All parts have arrived: look at the file and put it into its place. Asked again, does nothing.

    Raises ``FileRefused``; the refusal is kept too, so it must be committed.
    """
    db.session.refresh(sent, with_for_update=True)
    if sent.ended_at is not None:
        if sent.why:
            raise FileRefused(sent.why)
        return
    try:
        _join(sent)
        _take(actor, draft, sent, alt, parts_sum)
    except NoSuchFile:
        _end(sent, "gone")
        raise FileRefused("gone") from None
    except FileRefused as refused:
        _end(sent, refused.why)
        raise
    _end(sent)


def drop_upload(actor: Actor, draft: Draft, sent: Upload) -> None:
    """The author does not want to send it any more."""
    if sent.ended_at is None:
        place = PartsUpload(sent.incoming, sent.upload_id)
        on_commit(lambda: storage().abort_parts(place))
    db.session.delete(sent)
    db.session.flush()


def forget_uploads(before: datetime) -> None:
    """Uploads begun before this moment are over, one way or another: the sweep has discarded their bytes."""
    db.session.execute(delete(Upload).where(Upload.begun_at < before))


def _join(sent: Upload) -> None:
    store = storage()
    if store.exists(sent.incoming):
        return  # joined before, and the answer was lost
    try:
        store.complete_parts(PartsUpload(sent.incoming, sent.upload_id), -(-sent.size // PART))
    except UploadRefused:
        raise FileRefused("gone") from None


def _take(actor: Actor, draft: Draft, sent: Upload, alt: str, parts_sum: str) -> None:
    purpose = Purpose(sent.purpose)
    if storage().size(sent.incoming) != sent.size:
        raise FileRefused("damaged")
    if purpose is Purpose.VIDEO:
        film_arrived(actor, draft, sent.incoming, sent.name, parts_sum)
    elif purpose in {Purpose.PICTURE, Purpose.MODEL}:
        made_anew_arrived(actor, draft, sent.incoming, sent.name, purpose, alt, parts_sum)
    else:
        document_arrived(actor, draft, sent.incoming, sent.name, purpose, alt, parts_sum)


def _end(sent: Upload, why: str = "") -> None:
    sent.ended_at, sent.why = clock.now(), why
    db.session.flush()
