"""What the script of a draft's page does, step by step, and what becomes of it."""

import io
from typing import Any

from flask import Flask

from content_library import (
    Unit,
    drafts,
    shelf,
)
from content_library.shelf import FileOfVersion
from content_library.storage import UploadLink
from content_library.storage.pieces import PartsSum
from school.core.database import db
from school.core.jobs import Worker
from tests.browsing import SchoolClient
from tests.content_library.storage.browsers import HttpBrowser

PDF = b"%PDF-1.4\n" + b"x" * 100


def fetch(client: SchoolClient, url: str, part: str | None = None) -> tuple[int, bytes]:
    """GET an address of this site, or of the storage over the network."""
    if url.startswith("/"):
        answer = client.get(url, headers={"Range": part} if part else {})
        return answer.status_code, answer.data
    seen = HttpBrowser().get(url, part)
    return seen.status, seen.body


def put(client: SchoolClient, url: str, body: bytes, headers: dict[str, str]) -> int:
    if url.startswith("/"):
        return client.put(url, data=body, headers=headers).status_code
    return HttpBrowser().put(UploadLink("", url, headers), body)


def work(app: Flask) -> int:
    """Let a worker do what waits; the test's own transaction would keep it from writing."""
    db.session.rollback()
    return Worker(app).run_until_empty()


def begin(client: SchoolClient, unit: Unit, body: bytes, name: str, purpose: str) -> Any:
    return client.post(f"/library/{unit.id}/uploads", data={"purpose": purpose, "size": len(body), "name": name})


def put_missing(client: SchoolClient, begun: Any, body: bytes, *numbers: int) -> dict[str, Any]:
    """Send the parts that the storage has not, or only these ``numbers`` of them; what was said before."""
    said = client.post(begun["parts"]).json
    assert said is not None
    for part in said["missing"]:
        if not numbers or part["number"] in numbers:
            start = (part["number"] - 1) * begun["part"]
            assert put(client, part["url"], body[start : start + part["size"]], part["headers"]) < 300
    return said


def send(client: SchoolClient, unit: Unit, body: bytes, name: str, purpose: str, alt: str = "") -> Any:
    """As the script of the page does: ask where to, put the parts, say that all have arrived."""
    answer = begin(client, unit, body, name, purpose)
    if answer.status_code != 200:
        return answer
    put_missing(client, answer.json, body)
    assert answer.json is not None
    return client.post(answer.json["end"], data={"alt": alt, "sum": PartsSum.of(body).hexdigest()})


def files(unit: Unit) -> list[FileOfVersion]:
    db.session.expire_all()
    version = drafts.open_version(db.session(), unit)
    assert version is not None
    return shelf.files_of(db.session(), version)


def form(client: SchoolClient, address: str, body: bytes, name: str) -> Any:
    """As a browser without JavaScript sends a file."""
    return client.post(address, data={"file": (io.BytesIO(body), name)}, content_type="multipart/form-data")
