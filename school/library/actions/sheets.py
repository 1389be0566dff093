"""Pages of the PDF files of units: drawn and read by a job, so that they are seen without a program for PDF and found by their words."""

import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from content_library import BadPdf, NoSuchFile, PlacedFile, StorageUnavailable, pdf_pages, sheets, uploads
from school.core import clock
from school.core.database import db
from school.core.files import storage
from school.core.jobs import enqueue, handler, outside_database

KIND = "library.sheets"
LOOKED_FOR_AGAIN = timedelta(seconds=20)
"""After the storage was found to be away."""


def ask_for_sheets(files: Iterable[PlacedFile]) -> None:
    """Let the pages be made of those files that are PDF and have none yet."""
    for file in files:
        if file.name.lower().endswith(".pdf") and not sheets.are_made(db.session(), file.sha256):
            enqueue(KIND, {"sha256": file.sha256}, key=f"{KIND}:{file.sha256}")


@handler(KIND, lane="slow", max_tries=3, lease=60)
def make_sheets(payload: dict[str, Any]) -> None:
    """Make the pages of one file. One that can't be read stays a file to download; a storage that is away is waited for."""
    sha256 = payload["sha256"]
    with TemporaryDirectory() as name, outside_database():
        folder = Path(name)
        try:
            with storage().open(sha256) as stream, (folder / "file.pdf").open("wb") as file:
                shutil.copyfileobj(stream, file, 1024 * 1024)
            made = []
            for page in pdf_pages.make_pages(folder / "file.pdf", folder):
                with page.picture.open("rb") as picture:
                    made.append((page, storage().save(picture)))
        except StorageUnavailable:
            made = None
        except (BadPdf, NoSuchFile):
            return
    if made is None:
        enqueue(KIND, payload, key=f"{KIND}:{sha256}", run_at=clock.now() + LOOKED_FOR_AGAIN)
        return
    pictures = {
        page.number: uploads.note(db.session(), saved, "image/jpeg", clock.now()).sha256 for page, saved in made
    }
    sheets.keep(db.session(), sha256, [(page.number, pictures[page.number], page.text) for page, _ in made])
