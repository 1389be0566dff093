"""The configured object storage, and the addresses that serve it when it is a folder of this machine."""

from typing import BinaryIO, cast

from flask import Blueprint, Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from content_library.scanning import Scanner
from content_library.storage import LinkRefused, NoSuchFile, Storage, UploadRefused
from content_library.storage.disk import DiskStorage
from content_library.storage.s3 import S3Address, S3Storage
from content_library.uploads import Scan
from school.core.access import public
from school.core.config import Settings

blueprint = Blueprint("files", __name__)

LARGEST_UPLOAD = 5 * 1024**3
"""Bytes: what S3 takes in one PUT, and so what we take."""


def storage() -> Storage:
    """Where files live: S3-compatible storage, or a folder in the embedded mode."""
    found: Storage = current_app.extensions["storage"]
    return found


def scan() -> Scan | None:
    """What looks through a sent file for viruses; None where the settings name no scanner."""
    found: Scan | None = current_app.extensions["scan"]
    return found


def choose_storage(settings: Settings) -> Storage:
    """The storage that the settings name."""
    if settings.s3 is None:
        return DiskStorage(settings.data_dir / "files", settings.secret_key)
    return S3Storage(
        S3Address(
            endpoint=settings.s3.endpoint,
            bucket=settings.s3.bucket,
            access_key=settings.s3.access_key,
            secret_key=settings.s3.secret_key,
            region=settings.s3.region,
            public_endpoint=settings.s3.public_endpoint,
        )
    )


@blueprint.get("/files/<token>")
@public
def read(token: str) -> ResponseReturnValue:
    """The bytes of a signed link, with Range; the link itself is the right to read, for minutes."""
    try:
        answer = _disk().read_link(token, request.headers.get("Range"))
    except LinkRefused:
        abort(403)
    except NoSuchFile:
        abort(404)
    response = Response(answer.body, answer.status, answer.headers)
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@blueprint.put("/files/put/<token>")
@public
def write(token: str) -> ResponseReturnValue:
    """Take the bytes that a signed upload link was issued for."""
    # The link says how long the file is, and not a byte more is read: the limit of forms is not for films.
    request.max_content_length = LARGEST_UPLOAD
    try:
        _disk().accept_upload(token, cast("BinaryIO", request.stream), request.content_type)
    except LinkRefused:
        abort(403)
    except NoSuchFile:
        abort(404)
    except UploadRefused as why:
        return {"error": str(why)}, 422
    return "", 204


def _disk() -> DiskStorage:
    chosen = current_app.extensions["storage"]
    if not isinstance(chosen, DiskStorage):
        abort(404)
    return chosen


def init_app(app: Flask, settings: Settings) -> None:
    """Open the storage and, for a folder, its addresses. The upload address needs no CSRF token: the link is signed."""
    app.extensions["storage"] = choose_storage(settings)
    app.extensions["scan"] = Scanner(settings.clamd).check if settings.clamd else None
    app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(write)
