"""Personal text enters the record only as a salted hash; erasing the salt erases the text from the proof and keeps the proof."""

import hmac
import secrets
import uuid

from sqlalchemy import delete, insert, select

from school.core.database import db, new_id
from school.core.records.models import RecordSalt


def salted(school_id: int, text: str, *, pupil_id: uuid.UUID | None = None) -> dict[str, str]:
    """What a payload may hold in place of a personal ``text``: the salt's id and the hash. Keeps the salt, not the text."""
    salt_id, salt = new_id(), secrets.token_bytes(32)
    db.session.execute(insert(RecordSalt), {"school_id": school_id, "id": salt_id, "pupil_id": pupil_id, "salt": salt})
    return {"salt": str(salt_id), "hash": _hash(salt, text)}


def is_text_of(school_id: int, value: dict[str, str], text: str) -> bool | None:
    """Whether ``value``, out of a payload, stands for ``text``; None once its salt is erased."""
    salt = db.session.execute(
        select(RecordSalt.salt).where(RecordSalt.school_id == school_id, RecordSalt.id == uuid.UUID(value["salt"]))
    ).scalar_one_or_none()
    return None if salt is None else hmac.compare_digest(_hash(salt, text), value["hash"])


def erase_salts(school_id: int, pupil_id: uuid.UUID) -> None:
    """Make every text said of this pupil unprovable, on the family's lawful request. The record itself still verifies."""
    db.session.execute(
        delete(RecordSalt).where(RecordSalt.school_id == school_id, RecordSalt.pupil_id == pupil_id),
        execution_options={"synchronize_session": False},
    )


def _hash(salt: bytes, text: str) -> str:
    return hmac.new(salt, text.encode(), "sha256").hexdigest()
