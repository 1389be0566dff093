"""Films: sent by an author, made fit for any phone by a job, put into the version when they are ready."""

import shutil
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from content_library import (
    BadVideo,
    FileRole,
    NoSuchFile,
    PlacedFile,
    Purpose,
    UnitVersion,
    UploadError,
    shelf,
    uploads,
    video,
)
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.files import storage
from school.core.jobs import enqueue, handler, outside_database
from school.core.transactions import on_commit
from school.library.actions.placing import FileRefused, failure, place
from school.library.actions.writing import lock
from school.library.models import FilmState, FilmWork
from school.library.seen import Draft

KIND = "library.film"


def film_arrived(actor: Actor, draft: Draft, incoming: str, name: str) -> None:
    """A film lies in the storage: let the job take it. Raises ``NoSuchFile`` and ``FileRefused`` for what is seen at once."""
    if storage().size(incoming) > uploads.RULES[Purpose.VIDEO].limit:
        raise FileRefused("too_large")
    _ask_for_work(actor, draft, FilmWork(incoming=incoming, name=name[:200]))


def film_given(actor: Actor, draft: Draft, source: BinaryIO, name: str) -> None:
    """Take a film that came with a form; the job does the rest. Raises ``FileRefused``."""
    try:
        accepted = uploads.accept(db.session(), storage(), source, name, Purpose.VIDEO, clock.now())
    except UploadError as error:
        raise FileRefused(failure(error)) from error
    _ask_for_work(actor, draft, FilmWork(original=accepted.file.sha256, name=accepted.name))


def _ask_for_work(actor: Actor, draft: Draft, work: FilmWork) -> None:
    work.id = uuid.uuid4()
    work.version_id = draft.version.id
    work.sent_at = clock.now()
    work.sent_by = actor.account_id
    work.job_id = enqueue(KIND, {"film_id": work.id})
    db.session.add(work)
    db.session.flush()


@handler(KIND, lane="slow", max_tries=4, lease=60)
def make_film(payload: dict[str, Any]) -> None:
    """Make the rendition and the poster, and place them. Bears repetition: equal bytes are stored once, and the
    sent file is deleted only after the commit."""
    film_id = uuid.UUID(payload["film_id"])
    work = db.session.get(FilmWork, film_id)
    if work is None or work.state != FilmState.WAITING:
        return
    source, name = work.incoming or str(work.original), work.name
    with TemporaryDirectory() as folder, outside_database():
        why = _make_and_place(film_id, source, name, Path(folder))
    if why:
        work = db.session.get_one(FilmWork, film_id)
        work.state, work.why = FilmState.FAILED, why
        db.session.flush()
    if source.startswith("incoming/"):
        on_commit(lambda: storage().delete(source))


def _make_and_place(film_id: uuid.UUID, source: str, name: str, folder: Path) -> str:
    """The word of what was wrong with the file; nothing when the film is in its place."""
    try:
        _place(film_id, name, *_make(source, folder))
    except BadVideo:
        return "bad_film"
    except NoSuchFile:
        return "gone"
    except UploadError as error:
        return failure(error)
    return ""


def _make(source: str, folder: Path) -> tuple[Path, Path, Path]:
    sent, made, poster = folder / "sent", folder / "film.mp4", folder / "poster.jpg"
    with storage().open(source) as stream, sent.open("wb") as file:
        shutil.copyfileobj(stream, file, 1024 * 1024)
    video.make_rendition(sent, made)
    video.make_poster(made, poster)
    return sent, made, poster


def _place(film_id: uuid.UUID, name: str, sent: Path, made: Path, poster: Path) -> None:
    now, store = clock.now(), storage()
    # Bytes first, rows after: on SQLite the first row takes the lock that every other writer waits for.
    with made.open("rb") as film, poster.open("rb") as still, sent.open("rb") as whole:
        saved_film, saved_still = store.save(film), store.save(still)
        original = uploads.accept(db.session(), store, whole, name, Purpose.VIDEO, now)
    rendition = uploads.note(db.session(), saved_film, "video/mp4", now)
    picture = uploads.note(db.session(), saved_still, "image/jpeg", now)
    work = db.session.get_one(FilmWork, film_id)
    work.original, work.incoming = original.file.sha256, None
    version = db.session.get_one(UnitVersion, work.version_id)
    unit = shelf.get_unit(db.session(), version.unit_id)
    if unit is None or version.published_at is not None:
        work.state, work.why = FilmState.FAILED, "closed"
        return
    draft = Draft(unit, version)
    lock(draft)
    base = original.name.rpartition(".")[0]
    place(
        draft,
        PlacedFile(sha256=rendition.sha256, name=f"{base}.mp4", role=FileRole.BODY),
        PlacedFile(sha256=picture.sha256, name=f"{base}.jpg", role=FileRole.POSTER),
        instead_of=(FileRole.BODY, FileRole.POSTER),
    )
    work.state = FilmState.READY
    db.session.flush()
