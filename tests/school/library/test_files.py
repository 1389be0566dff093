"""Files of a draft: what is taken, what is refused and why, on both ways; films from the browser to the player."""

import io
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from content_library import (
    BadPicture,
    FileRole,
    StoredFile,
    Unit,
    UnitKind,
    drafts,
    orphans,
    previews,
    shelf,
    uploads,
)
from content_library.scanning import Scanner
from content_library.shelf import FileOfVersion
from content_library.storage import PART, Storage, UploadLink
from content_library.storage.pieces import PartsSum
from content_library.storage.s3 import S3Address, S3Storage
from content_library.uploads import Purpose, Rule
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.jobs import Worker
from school.core.jobs.models import Job
from school.core.transactions import unit_of_work
from school.library import actions
from school.library.models import FilmState, FilmWork
from school.library.queries import draft_of
from school.people.models import Account, Member
from tests.browsing import SchoolClient
from tests.content_library.clamd import VIRUS, clamd
from tests.content_library.making import film, picture, zipped
from tests.content_library.storage.browsers import HttpBrowser
from tests.content_library.storage.conftest import PASSWORD, USER, minio
from tests.factories import Make
from tests.machines import find_minio

__all__ = ["minio"]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n" + b"x" * 100


@pytest.fixture
def teacher(make: Make) -> Member:
    return make.teacher(make.school())


@pytest.fixture
def author(client: SchoolClient, make: Make, teacher: Member) -> Account:
    account = make.account_of(teacher)
    client.sign_in(account)
    return account


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest, app: Flask) -> Iterator[Storage]:
    """The application's storage: its folder, or a bucket of a real MinIO."""
    own: Storage = app.extensions["storage"]
    if request.param == "disk":
        yield own
        return
    if find_minio() is None:
        pytest.skip("MinIO not found")
    s3 = S3Storage(S3Address(request.getfixturevalue("minio"), f"school-{uuid.uuid4().hex[:12]}", USER, PASSWORD))
    s3.make_bucket()
    app.extensions["storage"] = s3
    yield s3
    app.extensions["storage"] = own
    s3.close()


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


def test_a_picture_goes_straight_to_the_storage(
    client: SchoolClient, make: Make, author: Account, teacher: Member, place: Storage
) -> None:
    unit = make.draft(by=teacher)
    answer = send(client, unit, picture("JPEG", (4000, 100)), "Отрезок (1).jpeg", "picture", "Отрезок")
    assert answer.status_code == 200, answer.text
    assert answer.json == {"next": f"/library/{unit.id}/edit#files"}
    (file,) = files(unit)
    assert (file.name, file.role, file.alt, file.content_type) == (
        "Отрезок-1.jpg",
        FileRole.PICTURE,
        "Отрезок",
        "image/jpeg",
    )
    assert place.exists(file.sha256)
    assert file.sha256 != answer, "cameras' data are gone: the bytes are made anew"
    assert "![Отрезок](Отрезок-1.jpg)" in client.get(f"/library/{unit.id}/edit").text


def test_a_picture_gets_a_small_one_by_a_job(
    app: Flask,
    client: SchoolClient,
    make: Make,
    author: Account,
    teacher: Member,
    place: Storage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unit = make.draft(by=teacher)
    send(client, unit, picture("JPEG", (2000, 1000)), "a.jpg", "picture")
    assert "Миниатюра готовится" in client.get(f"/library/{unit.id}/edit").text
    own = app.extensions["storage"]
    app.extensions["storage"] = S3Storage(S3Address("http://127.0.0.1:9", "away", "user", "password"))
    work(app)
    app.extensions["storage"].close()
    app.extensions["storage"] = own
    with unit_of_work():
        db.session.execute(update(Job).values(run_at=clock.now()))
    with monkeypatch.context() as patch:
        patch.setattr(previews, "make", broken_picture)
        work(app)
    page = client.get(f"/library/{unit.id}/files/1/small").text
    again = re.search(r'action="([^"]+/small)"', page)
    assert "Миниатюра не получилась" in page and again
    assert client.post(again[1]).status_code == 303
    work(app)
    page = client.get(f"/library/{unit.id}/files/1/small").text
    assert "hx-get" not in page
    status, body = fetch(client, page.split('src="')[1].split('"')[0].replace("&amp;", "&"))
    assert status == 200
    with Image.open(io.BytesIO(body)) as small:
        assert small.size == (480, 240)

    client.post(f"/library/{unit.id}/files/1/drop")
    kept = {one.sha256 for one in db.session.scalars(select(StoredFile))}
    db.session.rollback()
    with unit_of_work():
        db.session.connection(execution_options={"unguarded": True})
        for _ in range(2):
            orphans.sweep(db.session(), place, clock.now() + timedelta(days=1), apply=True)
    assert len(kept) >= 2
    assert db.session.scalars(select(StoredFile)).all() == [], "the small picture goes after the large one"


def broken_picture(_storage: Storage, _sha256: str) -> None:
    raise BadPicture("not today")


def test_equal_names_are_kept_apart(client: SchoolClient, make: Make, author: Account, teacher: Member) -> None:
    unit = make.draft(by=teacher)
    for colour in ("red", "blue"):
        data = {"file": (io.BytesIO(picture(colour=colour)), "sum.png"), "purpose": "picture", "alt": colour}
        client.post(f"/library/{unit.id}/files", data=data)
    assert [file.name for file in files(unit)] == ["sum.png", "sum-2.png"]
    client.post(f"/library/{unit.id}/files/2/describe", data={"alt": "Синее"})
    client.post(f"/library/{unit.id}/files/1/drop")
    assert [(file.name, file.alt) for file in files(unit)] == [("sum-2.png", "Синее")]


def test_a_document_is_offered_to_readers(
    client: SchoolClient, make: Make, author: Account, teacher: Member, place: Storage
) -> None:
    unit = make.draft(by=teacher)
    assert send(client, unit, PDF, "лист.pdf", "document").status_code == 200
    look = client.get(f"/library/{unit.id}/draft").text
    assert "лист.pdf" in look
    answer = client.get(f"/library/{unit.id}/draft/files/1")
    assert answer.status_code == 303
    assert fetch(client, answer.location) == (200, PDF)


REFUSED = [
    (SVG, "drawing.svg", "picture", "не принимаются"),
    (SVG, "drawing.png", "picture", "не принимаются"),
    (b"<html><script>alert(1)</script>", "page.pdf", "document", "не принимаются"),
    (b"MZ\x90\x00", "virus.docx", "document", "не принимаются"),
    (zipped(**{"evil.exe": "x"}), "sheet.docx", "document", "не принимаются"),
    (PDF, "photo.jpg", "picture", "не принимаются"),
    (b"\x89PNG\r\n\x1a\nbroken", "broken.png", "picture", "не принимаются"),
    (picture(), "film.mp4", "subtitles", "не принимаются"),
]


@pytest.mark.parametrize(("body", "name", "purpose", "words"), REFUSED)
def test_files_are_judged_by_their_bytes_on_both_ways(
    client: SchoolClient, make: Make, author: Account, teacher: Member, body: bytes, name: str, purpose: str, words: str
) -> None:
    unit = make.draft(by=teacher)
    answer = send(client, unit, body, name, purpose)
    assert answer.status_code == 422 and words in answer.json["error"]
    data = {"file": (io.BytesIO(body), name), "purpose": purpose}
    answer = client.post(f"/library/{unit.id}/files", data=data)
    assert answer.status_code == 303
    assert words in client.get(answer.location).text
    assert files(unit) == []


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


@pytest.mark.parametrize("way", ["straight", "form"])
def test_a_film_from_the_browser_to_the_player(
    app: Flask,
    client: SchoolClient,
    make: Make,
    author: Account,
    teacher: Member,
    place: Storage,
    tmp_path: Path,
    way: str,
) -> None:
    unit = make.draft(UnitKind.VIDEO, by=teacher, body_markdown="Следите за плечами сил.")
    sent = film(tmp_path / "lever.mov", size="640x512", seconds=6).read_bytes()
    if way == "straight":
        assert send(client, unit, sent, "Рычаг.mov", "video").status_code == 200
    else:
        data = {"file": (io.BytesIO(sent), "Рычаг.mov"), "purpose": "video"}
        assert client.post(f"/library/{unit.id}/files", data=data).status_code == 303
    waiting = client.get(f"/library/{unit.id}/films").text
    assert "Видео: готовится" in waiting and 'hx-trigger="every 3s"' in waiting
    assert "Видео ещё готовится." in client.get(f"/library/{unit.id}/draft").text
    assert client.post(f"/library/{unit.id}/send").location == f"/library/{unit.id}/draft", "not while it is made"

    assert work(app) >= 1
    ready = client.get(f"/library/{unit.id}/films").text
    assert "Видео: готово" in ready and "hx-trigger" not in ready
    assert [(one.role, one.content_type, one.name) for one in files(unit)] == [
        (FileRole.BODY, "video/mp4", "Рычаг-240.mp4"),
        (FileRole.BODY, "video/mp4", "Рычаг-480.mp4"),
        (FileRole.POSTER, "image/jpeg", "Рычаг.jpg"),
    ]
    kept = db.session.scalars(select(FilmWork)).one()
    assert kept.original and place.exists(kept.original), "kept for better renditions later"
    assert kept.incoming is None

    vtt = b"WEBVTT\n\n00:00.000 --> 00:01.000\n\xd0\xa0\xd1\x8b\xd1\x87\xd0\xb0\xd0\xb3\n"
    assert send(client, unit, vtt, "words.vtt", "subtitles").status_code == 200
    page = client.get(f"/library/{unit.id}/draft").text
    source = page.split('<source src="')[1].split('"')[0].replace("&amp;", "&")
    track = page.split("<track ")[1].split('src="')[1].split('"')[0]
    assert "poster=" in page
    status, body = fetch(client, source, "bytes=4-7")
    assert (status, body) == (206, b"ftyp")
    check_pieces(client, f"/library/{unit.id}/draft/film.m3u8")
    words = client.get(track)
    assert words.mimetype == "text/vtt" and "Рычаг" in words.text

    assert work(app) == 0
    client.post(f"/library/{unit.id}/send")
    client.sign_in(make.city_role("methodologist"))
    client.post(f"/library/{unit.id}/publish")
    client.sign_in(make.account_of(make.pupil(make.school())))
    assert "<video" in client.get(f"/library/{unit.id}").text
    assert client.get(f"/library/{unit.id}/files/4").mimetype == "text/vtt"
    check_pieces(client, f"/library/{unit.id}/film.m3u8?version=1")


def check_pieces(client: SchoolClient, address: str) -> None:
    """The playlist leads to two renditions, each of two pieces that are fetched by their ranges."""
    main = client.get(address)
    assert main.mimetype == "application/vnd.apple.mpegurl" and main.headers["Cache-Control"] == "no-store"
    renditions = [line for line in main.text.splitlines() if line.startswith("/library/")]
    assert len(renditions) == 2
    for one in renditions:
        lines = client.get(one).text.splitlines()
        pieces = [n for n, line in enumerate(lines) if line.startswith("#EXT-X-BYTERANGE:")]
        assert len(pieces) == 2
        size, start = map(int, lines[pieces[1]].removeprefix("#EXT-X-BYTERANGE:").split("@"))
        status, body = fetch(client, lines[pieces[1] + 1], f"bytes={start}-{start + size - 1}")
        assert (status, len(body), body[4:8]) == (206, size, b"moof")


def test_what_was_watched_is_kept_for_each_person(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member, tmp_path: Path
) -> None:
    unit = make.draft(UnitKind.VIDEO, by=teacher, body_markdown="текст")
    send(client, unit, film(tmp_path / "a.mp4", seconds=9).read_bytes(), "a.mp4", "video")
    work(app)
    client.post(f"/library/{unit.id}/send")
    client.sign_in(make.city_role("methodologist"))
    client.post(f"/library/{unit.id}/publish")
    for seconds, parts in ((3, "0-3"), (8, "6-8,2-3,99-120,nonsense"), (7, "")):
        answer = client.post(f"/library/{unit.id}/watched?version=1", data={"seconds": seconds, "parts": parts})
        assert answer.status_code == 204
    page = client.get(f"/library/{unit.id}").text
    assert 'data-stopped="7"' in page
    assert page.count("<rect ") == 2 and '<rect x="6" y="0" width="2" height="1">' in page
    client.sign_in(make.account_of(make.pupil(make.school())))
    assert 'data-stopped="0"' in client.get(f"/library/{unit.id}").text
    assert client.post(f"/library/{make.unit().id}/watched").status_code == 404


def test_a_new_film_takes_the_place_of_the_old(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member, tmp_path: Path
) -> None:
    unit = make.draft(UnitKind.VIDEO, by=teacher, body_markdown="текст")
    for n in (1, 2):
        send(client, unit, film(tmp_path / f"{n}.mp4", seconds=n).read_bytes(), f"{n}.mp4", "video")
        work(app)
    assert [file.name for file in files(unit)] == ["2-240.mp4", "2.jpg"]


@pytest.mark.parametrize(
    ("body", "words"), [(PDF, "такого типа"), (b"\x00\x00\x00\x18ftypmp42" + bytes(500), "не читается как видео")]
)
def test_what_is_no_film_is_told_so(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member, body: bytes, words: str
) -> None:
    unit = make.draft(UnitKind.VIDEO, by=teacher, body_markdown="текст")
    send(client, unit, body, "film.mp4", "video")
    work(app)
    text = client.get(f"/library/{unit.id}/films").text
    assert "не получилось" in text and ("не читается как видео" in text or words in text)
    assert files(unit) == []
    again = re.search(r'action="([^"]+/again)"', text)
    assert bool(again) is ("не читается" in words), "what is of a wrong type stays so"
    if again:
        assert client.post(again[1]).status_code == 303
        assert "готовится" in client.get(f"/library/{unit.id}/films").text
        work(app)
    forget = re.search(r'action="([^"]+/forget)"', client.get(f"/library/{unit.id}/films").text)
    assert forget and client.post(forget[1]).status_code == 303
    assert "не получилось" not in client.get(f"/library/{unit.id}/films").text


def test_a_film_waits_for_a_storage_that_is_away(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member, tmp_path: Path
) -> None:
    unit = make.draft(UnitKind.VIDEO, by=teacher, body_markdown="текст")
    send(client, unit, film(tmp_path / "a.mp4").read_bytes(), "a.mp4", "video")
    own = app.extensions["storage"]
    app.extensions["storage"] = S3Storage(S3Address("http://127.0.0.1:9", "away", "user", "password"))
    for _ in range(6):
        work(app)
        with unit_of_work():
            db.session.execute(update(Job).values(run_at=clock.now()))
    assert "ждёт" in client.get(f"/library/{unit.id}/films").text
    app.extensions["storage"].close()
    app.extensions["storage"] = own
    work(app)
    assert [file.name for file in files(unit)] == ["a-240.mp4", "a.jpg"]


def test_pages_work_and_files_say_so_while_the_storage_is_away(
    app: Flask, client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit = make.draft(by=teacher)
    assert send(client, unit, PDF, "лист.pdf", "document").status_code == 200
    own = app.extensions["storage"]
    app.extensions["storage"] = S3Storage(S3Address("http://127.0.0.1:9", "away", "user", "password"))
    try:
        assert "лист.pdf" in client.get(f"/library/{unit.id}/draft").text
        answer = client.get(f"/library/{unit.id}/draft/files/1")
        assert answer.status_code == 503 and "Файлы сейчас не открываются" in answer.text
        answer = client.post(
            f"/library/{unit.id}/uploads",
            data={"purpose": "document", "size": 5, "name": "a.pdf"},
            headers={"Accept": "application/json"},
        )
        assert answer.status_code == 503 and answer.headers["Retry-After"] and answer.json
    finally:
        app.extensions["storage"].close()
        app.extensions["storage"] = own


def test_a_film_that_never_arrived_or_came_too_late_is_told_so(
    app: Flask, make: Make, teacher: Member, tmp_path: Path
) -> None:
    actor: Actor = make.actor(teacher, "teacher")
    unit = make.draft(UnitKind.VIDEO, by=teacher, body_markdown="текст")
    draft = draft_of(unit)
    assert draft is not None
    with unit_of_work(), film(tmp_path / "a.mp4").open("rb") as source:
        actions.film_given(actor, draft, source, "a.mp4")
    key = db.session.scalars(select(FilmWork.original)).one()
    app.extensions["storage"].delete(key)
    work(app)
    db.session.expire_all()
    lost = db.session.scalars(select(FilmWork)).one()
    assert (lost.state, lost.why) == (FilmState.FAILED, "gone")

    with unit_of_work(), (tmp_path / "a.mp4").open("rb") as source:
        actions.film_given(actor, draft, source, "a.mp4")
        draft.version.published_at = draft.version.created_at
    work(app)
    db.session.expire_all()
    last = db.session.scalars(select(FilmWork).order_by(FilmWork.sent_at.desc())).first()
    assert last is not None and (last.state, last.why) == (FilmState.FAILED, "closed")
    assert shelf.files_of(db.session(), draft.version) == []


def test_the_sweep_finds_both_kinds_and_changes_nothing_by_itself(app: Flask, make: Make, teacher: Member) -> None:
    runner = app.test_cli_runner()
    unit = make.draft(by=teacher)
    draft = draft_of(unit)
    assert draft is not None
    with unit_of_work():
        actions.take_file(make.actor(teacher, "teacher"), draft, io.BytesIO(PDF), "a.pdf", Purpose.DOCUMENT, "")
    said = runner.invoke(args=["library", "sweep"])
    assert said.exit_code == 0 and "files without a row: 0 found" in said.output
    (file,) = files(unit)
    app.extensions["storage"].delete(file.sha256)
    db.session.rollback()
    said = runner.invoke(args=["library", "sweep", "--apply"])
    assert said.exit_code == 1 and file.sha256 in said.output
    assert db.session.get(StoredFile, file.sha256) is not None, "a lost file is restored, never forgotten"
