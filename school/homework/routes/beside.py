"""Files in the form of a homework: those that came with it stay with it, however often it is sent, until their tick is taken away."""

from collections.abc import Iterable
from typing import BinaryIO, cast

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from school.core.access import Actor
from school.core.files import storage
from school.core.languages import gettext as _
from school.homework.actions import BadFile, CannotSet, GivenFile, take_file
from school.homework.queries.files import FileBeside

FIELD, KEPT = "files", "kept"
FEW = 12


def given_files(actor: Actor) -> list[GivenFile]:
    """The files that are ticked, and those that came with this sending. Raises ``CannotSet``."""
    kept = [one for token in request.form.getlist(KEPT)[:FEW] if (one := _opened(token)) is not None]
    sent: list[FileStorage] = [one for one in request.files.getlist(FIELD) if one.filename]
    for file in sent[:FEW]:
        try:
            kept.append(take_file(actor, storage(), cast("BinaryIO", file.stream), file.filename or ""))
        except BadFile:
            why = _(
                "“%(name)s” can't be taken: PDF, pictures, text documents, tables and slides can.", name=file.filename
            )
            raise CannotSet(FIELD, why) from None
    return list({one.sha256: one for one in kept}.values())


def tokens(files: Iterable[GivenFile]) -> list[tuple[str, str]]:
    """For the ticks of the form: value and name of each file."""
    return [(_tokens().dumps([one.sha256, one.size, one.content_type, one.name]), one.name) for one in files]


def file_url(one: FileBeside) -> str:
    """Where the browser gets a file, for an hour."""
    return storage().link(one.sha256, one.name, one.content_type, seconds=3600)


def _opened(token: str) -> GivenFile | None:
    try:
        return GivenFile(*_tokens().loads(token))
    except (BadData, TypeError):
        return None


def _tokens() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="homework.files")
