"""Films: sent by an author, made fit for any phone and line by a job, put into the version when they are ready.

The job goes by three steps, each of which may be done again: the sent bytes are judged and kept; renditions and a poster are
made of them; all is put into the version. A storage that is away stops it for a while and counts as no failure.
"""

import shutil
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from sqlalchemy.exc import OperationalError

from content_library import (
    BadVideo,
    FileRole,
    NoSuchFile,
    PlacedFile,
    Purpose,
    Rendition,
    StorageUnavailable,
    UnitVersion,
    UploadError,
    shelf,
    uploads,
    video,
)
from content_library.storage import Saved
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.files import scan, storage
from school.core.jobs import enqueue, handler, outside_database
from school.core.transactions import on_commit, unit_of_work
from school.library.actions.placing import FileRefused, failure, place
from school.library.actions.writing import lock
from school.library.models import FilmState, FilmWork
from school.library.seen import Draft

KIND = "library.film"
TOLD_EVERY = 2.0
"""Seconds between two notes of how far the work is."""
LOOKED_FOR_AGAIN = timedelta(seconds=20)
"""After the storage was found to be away."""


def film_arrived(actor: Actor, draft: Draft, incoming: str, name: str, parts_sum: str = "") -> None:
    """A film lies in the storage: let the job take it. Raises ``NoSuchFile`` and ``FileRefused`` for what is seen at once."""
    if storage().size(incoming) > uploads.RULES[Purpose.VIDEO].limit:
        raise FileRefused("too_large")
    _ask_for_work(actor, draft, FilmWork(incoming=incoming, name=name[:200], parts_sum=parts_sum[:64]))


def film_given(actor: Actor, draft: Draft, source: BinaryIO, name: str) -> None:
    """Take a film that came with a form; the job does the rest. Raises ``FileRefused``."""
    try:
        accepted = uploads.accept(db.session(), storage(), source, name, Purpose.VIDEO, clock.now(), scan=scan())
    except UploadError as error:
        raise FileRefused(failure(error)) from error
    _ask_for_work(actor, draft, FilmWork(original=accepted.file.sha256, name=accepted.name))


def try_film_again(actor: Actor, draft: Draft, work: FilmWork) -> None:
    """Let the job take a film again on which it failed; its bytes were kept."""
    lock(draft)
    work.state, work.why, work.percent = FilmState.WAITING, "", 0
    work.job_id = enqueue(KIND, {"film_id": work.id}, key=_key(work.id))
    db.session.flush()


def forget_film(actor: Actor, draft: Draft, work: FilmWork) -> None:
    """Put away what is said about a film that failed; its bytes go with the next sweep."""
    db.session.delete(work)
    db.session.flush()


def _ask_for_work(actor: Actor, draft: Draft, work: FilmWork) -> None:
    work.id = uuid.uuid4()
    work.version_id = draft.version.id
    work.sent_at = clock.now()
    work.sent_by = actor.account_id
    work.job_id = enqueue(KIND, {"film_id": work.id}, key=_key(work.id))
    db.session.add(work)
    db.session.flush()


def _key(film_id: uuid.UUID) -> str:
    return f"{KIND}:{film_id}"


@handler(KIND, lane="slow", max_tries=4, lease=60)
def make_film(payload: dict[str, Any]) -> None:
    """Take the film in, make renditions and poster, and place them."""
    film_id = uuid.UUID(payload["film_id"])
    work = db.session.get(FilmWork, film_id)
    if work is None or work.state != FilmState.WAITING:
        return
    try:
        why = _take_in(film_id) or _make_and_place(film_id)
    except StorageUnavailable:
        _wait(film_id)
        return
    if why:
        work = db.session.get_one(FilmWork, film_id)
        work.state, work.why = FilmState.FAILED, why
        db.session.flush()


def _wait(film_id: uuid.UUID) -> None:
    """Asked for under its own key while it runs, the job comes once more, however often that happens."""
    work = db.session.get_one(FilmWork, film_id)
    work.why = "storage"
    work.job_id = enqueue(KIND, {"film_id": film_id}, key=_key(film_id), run_at=clock.now() + LOOKED_FOR_AGAIN)
    db.session.flush()


def _take_in(film_id: uuid.UUID) -> str:
    """Keep the sent bytes under their checksum; the word of what is wrong with them."""
    work = db.session.get_one(FilmWork, film_id)
    incoming, parts_sum, name = work.incoming, work.parts_sum, work.name
    if incoming is None:
        return ""
    with outside_database():
        try:
            taken = uploads.take_in(storage(), incoming, Purpose.VIDEO, parts_sum=parts_sum, scan=scan())
        except NoSuchFile:
            return "gone"
        except UploadError as error:
            return failure(error)
    with unit_of_work():
        accepted = uploads.note_taken(db.session(), taken, name, clock.now())
        work = db.session.get_one(FilmWork, film_id)
        work.original, work.incoming, work.name, work.why = accepted.file.sha256, None, accepted.name, ""
        on_commit(lambda: storage().delete(incoming))
    return ""


def _make_and_place(film_id: uuid.UUID) -> str:
    """The word of what is wrong with the film; nothing when it is in its place."""
    original = str(db.session.get_one(FilmWork, film_id).original)
    with TemporaryDirectory() as name, outside_database():
        folder = Path(name)
        try:
            with storage().open(original) as stream, (folder / "sent").open("wb") as file:
                shutil.copyfileobj(stream, file, 1024 * 1024)
            made = video.make_renditions(folder / "sent", folder, _teller(film_id))
            video.make_poster(made[-1][0], folder / "poster.jpg")
        except NoSuchFile:
            return "gone"
        except BadVideo:
            return "bad_film"
        # Bytes first, rows after: on SQLite the first row takes the lock that every other writer waits for.
        saved = [(_saved(path), rendition) for path, rendition in made]
        poster = _saved(folder / "poster.jpg")
    return _place(film_id, saved, poster)


def _saved(path: Path) -> Saved:
    with path.open("rb") as file:
        return storage().save(file)


def _teller(film_id: uuid.UUID) -> Callable[[int], None]:
    """Notes the percent now and then, each time in a short transaction of its own."""
    told_at = 0.0

    def tell(percent: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at < TOLD_EVERY:
            return
        told_at = time.monotonic()
        # A busy database is no reason to lose an hour's transcoding: the next note says it.
        with suppress(OperationalError), unit_of_work():
            work = db.session.get(FilmWork, film_id)
            if work is not None:
                work.percent, work.why = percent, ""

    return tell


def _place(film_id: uuid.UUID, saved: list[tuple[Saved, Rendition]], poster: Saved) -> str:
    now = clock.now()
    films = [uploads.note(db.session(), one, "video/mp4", now, rendition.facts()) for one, rendition in saved]
    still = uploads.note(db.session(), poster, "image/jpeg", now)
    work = db.session.get_one(FilmWork, film_id)
    version = db.session.get_one(UnitVersion, work.version_id)
    unit = shelf.get_unit(db.session(), version.unit_id)
    if unit is None or version.published_at is not None:
        return "closed"
    draft = Draft(unit, version)
    lock(draft)
    base = work.name.rpartition(".")[0] or work.name
    place(
        draft,
        *(
            PlacedFile(sha256=film.sha256, name=f"{base}-{rendition.height}.mp4", role=FileRole.BODY)
            for film, (_, rendition) in zip(films, saved, strict=True)
        ),
        PlacedFile(sha256=still.sha256, name=f"{base}.jpg", role=FileRole.POSTER),
        instead_of=(FileRole.BODY, FileRole.POSTER),
    )
    work.state, work.percent, work.why = FilmState.READY, 100, ""
    db.session.flush()
    return ""
