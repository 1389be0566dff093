"""A file on its way: in parts, gone on with after whatever happened, summed up, scanned, given up."""

import io
from datetime import timedelta
from typing import Any
from unittest.mock import ANY

import pytest
from flask import Flask

from content_library import (
    orphans,
    uploads,
)
from content_library.scanning import Scanner
from content_library.storage import PART, Storage
from content_library.storage.pieces import PartsSum
from content_library.uploads import Purpose, Rule
from school.core import clock
from school.core.database import db
from school.core.transactions import unit_of_work
from school.library import actions
from school.people.models import Account, Member
from tests.browsing import SchoolClient
from tests.content_library.clamd import VIRUS, clamd
from tests.content_library.making import picture
from tests.factories import Make
from tests.school.library.sending import PDF, begin, files, put_missing, send


def test_empty_and_too_large_files_are_refused_before_they_are_sent(
    client: SchoolClient, make: Make, author: Account, teacher: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = make.draft(by=teacher)
    assert "пустой" in send(client, unit, b"", "a.png", "picture").json["error"]
    answer = client.post(f"/library/{unit.id}/uploads", data={"purpose": "picture", "size": 11 * 1024 * 1024})
    assert answer.status_code == 422 and "слишком большой" in (answer.json or {})["error"]
    assert client.post(f"/library/{unit.id}/uploads", data={"purpose": "game", "size": 5}).status_code == 422
    assert client.post(f"/library/{unit.id}/files", data={"purpose": "picture"}).status_code == 303
    monkeypatch.setitem(uploads.RULES, Purpose.PICTURE, Rule(50, frozenset({"image/png"})))
    data = {"file": (io.BytesIO(picture()), "a.png"), "purpose": "picture"}
    assert "слишком большой" in client.get(client.post(f"/library/{unit.id}/files", data=data).location).text
    assert files(unit) == []


def test_an_upload_is_good_for_its_draft_and_its_author(
    client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit, other = make.draft(by=teacher), make.draft(by=teacher)
    begun = begin(client, unit, PDF, "a.pdf", "document").json
    for way in ("parts", "end", "drop"):
        own = begun["parts"].replace("/parts", f"/{way}")
        assert client.post(own.replace(str(unit.id), str(other.id))).status_code == 404
    answer = client.post(begun["end"])
    assert answer.status_code == 422 and "не целиком" in answer.json["error"], "nothing was put"
    client.sign_in(make.account_of(make.teacher(make.school())))
    assert client.post(begun["parts"]).status_code == 404


def test_an_upload_goes_on_where_it_was_left(
    client: SchoolClient, make: Make, author: Account, teacher: Member, place: Storage
) -> None:
    unit = make.draft(by=teacher)
    body = PDF + bytes(2 * PART)
    begun = begin(client, unit, body, "атлас.pdf", "document").json
    assert put_missing(client, begun, body, 2) == {"arrived": [], "missing": ANY}
    page = client.get(f"/library/{unit.id}/edit").text
    assert "«атлас.pdf» отправлен не целиком" in page
    said = client.post(begun["parts"]).json
    assert (said["arrived"], [part["number"] for part in said["missing"]]) == ([2], [1, 3])
    again = client.post(begun["parts"], data={"again": "2"}).json
    assert again["arrived"] == [], "the browser has seen that the file is another now"
    put_missing(client, begun, body)
    assert client.post(begun["end"], data={"sum": PartsSum.of(body).hexdigest()}).status_code == 200
    assert client.post(begun["end"]).status_code == 200, "the answer got lost and is asked for again"
    (file,) = files(unit)
    assert (file.name, file.size) == ("атлас.pdf", len(body))
    assert "не целиком" not in client.get(f"/library/{unit.id}/edit").text


def test_bytes_that_changed_on_their_way_are_refused(
    client: SchoolClient, make: Make, author: Account, teacher: Member, place: Storage
) -> None:
    unit = make.draft(by=teacher)
    for body, name, purpose in ((PDF, "a.pdf", "document"), (picture(), "a.png", "picture")):
        begun = begin(client, unit, body, name, purpose).json
        put_missing(client, begun, body)
        for _ in range(2):
            answer = client.post(begun["end"], data={"sum": PartsSum.of(b"other").hexdigest()})
            assert answer.status_code == 422 and "повредился" in answer.json["error"]
    assert files(unit) == []


def test_the_sweep_forgets_what_was_never_finished(
    client: SchoolClient, make: Make, author: Account, teacher: Member, place: Storage
) -> None:
    unit = make.draft(by=teacher)
    begun = begin(client, unit, PDF, "a.pdf", "document").json
    put_missing(client, begun, PDF)
    for days, is_there in ((-1, True), (1, False)):
        before = clock.now() + timedelta(days=days)
        db.session.rollback()
        with unit_of_work():
            db.session.connection(execution_options={"unguarded": True})
            orphans.sweep(db.session(), place, before, apply=True)
            actions.forget_uploads(before)
        assert (client.post(begun["parts"]).status_code == 200) is is_there


def test_an_upload_can_be_given_up(client: SchoolClient, make: Make, author: Account, teacher: Member) -> None:
    unit = make.draft(by=teacher)
    begun = begin(client, unit, PDF, "a.pdf", "document").json
    put_missing(client, begun, PDF)
    assert client.post(begun["parts"].replace("/parts", "/drop")).status_code == 303
    assert client.post(begun["parts"]).status_code == 404
    assert "не целиком" not in client.get(f"/library/{unit.id}/edit").text


def test_the_scanner_sees_what_comes_by_either_way(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit = make.draft(by=teacher)
    with clamd() as daemon:
        app.extensions["scan"] = Scanner(daemon.address).check
        answer = send(client, unit, PDF + VIRUS, "a.pdf", "document")
        assert answer.status_code == 422 and "антивирус" in answer.json["error"]
        data = {"file": (io.BytesIO(PDF + VIRUS), "a.pdf"), "purpose": "document"}
        assert "антивирус" in client.get(client.post(f"/library/{unit.id}/files", data=data).location).text
        assert send(client, unit, PDF, "b.pdf", "document").status_code == 200
    begun = begin(client, unit, PDF + b"c", "c.pdf", "document").json
    put_missing(client, begun, PDF + b"c")
    answer = client.post(begun["end"], headers={"Accept": "application/json"})
    assert answer.status_code == 503, "the scanner is away: the browser waits"
    app.extensions["scan"] = None
    assert client.post(begun["end"]).status_code == 200
    assert [file.name for file in files(unit)] == ["b.pdf", "c.pdf"]


def large_form() -> dict[str, Any]:
    """A document of 33 MB in a form, written out: the test client's own encoder leaves its file open."""
    parts = (
        b'--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\ndocument\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="big.pdf"\r\n\r\n%PDF-1.4\n'
    )
    body = parts + bytes(33 * 1024 * 1024) + b"\r\n--b--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=b"}


def test_a_large_form_needs_a_session(client: SchoolClient, make: Make, author: Account, teacher: Member) -> None:
    unit = make.draft(by=teacher)
    assert client.post(f"/library/{unit.id}/files", **large_form()).status_code == 303
    assert [file.name for file in files(unit)] == ["big.pdf"]
    client.delete_cookie("session")
    assert client.post(f"/library/{unit.id}/files", **large_form()).location == "/sign-in"
    assert len(files(unit)) == 1
