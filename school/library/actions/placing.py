"""Files of a unit: taken in, looked at, put into their place in the open version."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from content_library import (
    BadModel,
    BadPicture,
    Damaged,
    EmptyFile,
    FileRole,
    FileTooLarge,
    Infected,
    NotScanned,
    PlacedFile,
    Purpose,
    StoredFile,
    UnitKind,
    UploadError,
    drafts,
    models3d,
    pictures,
    uploads,
)
from content_library.storage.pieces import PartsSum
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.files import scan, storage
from school.core.transactions import on_commit
from school.library.actions.previews import ask_for_previews
from school.library.actions.sheets import ask_for_sheets
from school.library.actions.writing import lock, text_of
from school.library.seen import Draft

LONGEST_SIDE = 1920
"""Pixels: what a panel shows; larger pictures only make phones wait."""
_KEPT_AS_IT_IS = 1024 * 1024

ROLES = {
    Purpose.PICTURE: FileRole.PICTURE,
    Purpose.DOCUMENT: FileRole.ATTACHMENT,
    Purpose.SUBTITLES: FileRole.SUBTITLES,
    Purpose.VIDEO: FileRole.BODY,
    Purpose.MODEL: FileRole.BODY,
}
"""What is taken here, and what it becomes."""


def _role(draft: Draft, purpose: Purpose, name: str) -> FileRole:
    """A PDF is the body of what is read or shown page by page."""
    is_paged = draft.unit.kind in {UnitKind.TEXTBOOK, UnitKind.PRESENTATION} and name.lower().endswith(".pdf")
    return FileRole.BODY if purpose is Purpose.DOCUMENT and is_paged else ROLES[purpose]


_WORDS: dict[type[Exception], str] = {
    BadModel: "bad_model",
    Damaged: "damaged",
    EmptyFile: "empty",
    FileTooLarge: "too_large",
    Infected: "infected",
    NotScanned: "not_scanned",
}


class FileRefused(Exception):
    """The file can't be taken; ``why`` is a word of ``library.words.FAILURES``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def take_file(actor: Actor, draft: Draft, source: BinaryIO, name: str, purpose: Purpose, alt: str) -> None:
    """Take a file that came with a form. Films go through ``film_given``. Raises ``FileRefused``."""
    lock(draft)
    try:
        if purpose is Purpose.PICTURE:
            accepted = keep_picture(source, name)
        elif purpose is Purpose.MODEL:
            accepted = keep_model(source, name)
        else:
            accepted = uploads.accept(db.session(), storage(), source, name, purpose, clock.now(), scan=scan())
    except (UploadError, BadPicture, BadModel) as error:
        raise FileRefused(failure(error)) from error
    instead_of = (FileRole.BODY,) if purpose is Purpose.MODEL else ()
    placed = PlacedFile(
        sha256=accepted.file.sha256, name=accepted.name, role=_role(draft, purpose, accepted.name), alt=alt
    )
    place(draft, placed, instead_of=instead_of)


def made_anew_arrived(
    actor: Actor, draft: Draft, incoming: str, name: str, purpose: Purpose, alt: str, parts_sum: str = ""
) -> None:
    """Take a picture or a 3D model that the browser has put into the storage. Raises ``FileRefused`` and ``NoSuchFile``."""
    store = storage()
    if store.size(incoming) > uploads.RULES[purpose].limit:
        raise FileRefused("too_large")
    with store.open(incoming) as source:
        sent = source.read()
    if parts_sum and PartsSum.of(sent).hexdigest() != parts_sum:
        raise FileRefused("damaged")
    take_file(actor, draft, io.BytesIO(sent), name, purpose, alt)
    on_commit(lambda: store.delete(incoming))


def document_arrived(
    actor: Actor, draft: Draft, incoming: str, name: str, purpose: Purpose, alt: str, parts_sum: str = ""
) -> None:
    """Take a document or subtitles that the browser has put into the storage. Raises as ``picture_arrived`` does."""
    lock(draft)
    try:
        taken = uploads.take_in(storage(), incoming, purpose, parts_sum=parts_sum, scan=scan())
    except UploadError as error:
        raise FileRefused(failure(error)) from error
    accepted = uploads.note_taken(db.session(), taken, name, clock.now())
    place(
        draft,
        PlacedFile(sha256=accepted.file.sha256, name=accepted.name, role=_role(draft, purpose, accepted.name), alt=alt),
    )
    on_commit(lambda: storage().delete(incoming))


def place(draft: Draft, *files: PlacedFile, instead_of: Sequence[FileRole] = ()) -> None:
    """Put files into the version, after those that are there; a film takes the place of the film before it."""
    text = text_of(draft.version)
    kept = [file for file in text.files if file.role not in instead_of]
    made = list(kept)
    for file in files:
        made.append(replace(file, name=free_name(file.name, {one.name for one in made})))
    drafts.write(db.session(), draft.version, replace(text, files=made))
    ask_for_previews(files)
    ask_for_sheets(files)


def describe(actor: Actor, draft: Draft, position: int, alt: str) -> None:
    """Say in words what a picture shows."""
    version = lock(draft)
    text = text_of(version)
    files = [replace(file, alt=alt) if n == position else file for n, file in enumerate(text.files, 1)]
    drafts.write(db.session(), version, replace(text, files=files))


def drop_file(actor: Actor, draft: Draft, position: int) -> None:
    """Take a file out of the version; its bytes go with the next sweep, unless another version uses them."""
    version = lock(draft)
    text = text_of(version)
    files = [file for n, file in enumerate(text.files, 1) if n != position]
    drafts.write(db.session(), version, replace(text, files=files))


def failure(error: UploadError | BadPicture | BadModel) -> str:
    """The word of ``library.words.FAILURES`` for an error."""
    return next((word for kind, word in _WORDS.items() if isinstance(error, kind)), "wrong_type")


def keep_picture(source: BinaryIO, name: str) -> uploads.Accepted:
    """A picture without what cameras hide in it, no larger than a panel shows."""
    limit = uploads.RULES[Purpose.PICTURE].limit
    sent = source.read(limit + 1)
    accepted = uploads.accept(db.session(), storage(), sent, name, Purpose.PICTURE, clock.now(), scan=scan())
    made = pictures.shrunk(sent, LONGEST_SIDE)
    if accepted.file.content_type in {"image/png", "image/gif"} and len(sent) <= _KEPT_AS_IT_IS:
        _note_contrast(accepted.file, made)
        return accepted
    file: StoredFile = uploads.keep(db.session(), storage(), made, "image/jpeg", clock.now())
    _note_contrast(file, made)
    return uploads.Accepted(file, f"{accepted.name.rpartition('.')[0]}.jpg")


def keep_model(source: BinaryIO, name: str) -> uploads.Accepted:
    """A 3D model as one file that a phone can show."""
    sent = source.read(uploads.RULES[Purpose.MODEL].limit + 1)
    if not sent:
        raise EmptyFile
    made = models3d.as_glb(sent)
    return uploads.accept(db.session(), storage(), made, name, Purpose.MODEL, clock.now(), scan=scan())


def _note_contrast(file: StoredFile, picture: bytes) -> None:
    """Keep beside the bytes what the gate of publishing asks of them."""
    if file.facts is None:
        file.facts = {"contrast": pictures.contrast(picture)}


def free_name(name: str, taken: set[str]) -> str:
    """The name, or ``name-2`` when the version has one: texts call pictures by their names."""
    base, _, ending = name.replace(" ", "-").replace("(", "").replace(")", "").rpartition(".")
    found, n = f"{base}.{ending}", 1
    while found in taken:
        n += 1
        found = f"{base}-{n}.{ending}"
    return found
