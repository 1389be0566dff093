"""Files of a draft: what is taken, what is refused and why, on both ways; small pictures; a storage that is away."""

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from content_library import (
    BadPicture,
    FileRole,
    StoredFile,
    UnitKind,
    orphans,
    previews,
)
from content_library.storage import Storage
from content_library.storage.s3 import S3Address, S3Storage
from content_library.uploads import Purpose
from school.core import clock
from school.core.database import db
from school.core.jobs.models import Job
from school.core.transactions import unit_of_work
from school.demo.models import build
from school.library import actions
from school.library.queries import draft_of
from school.people.models import Account, Member
from tests.browsing import SchoolClient
from tests.content_library.making import picture, zipped
from tests.factories import Make
from tests.school.library.sending import PDF, fetch, files, send, work

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


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


@pytest.mark.parametrize("way", ["straight", "form"])
def test_a_3d_model_from_the_browser_to_the_page(
    client: SchoolClient, make: Make, author: Account, teacher: Member, way: str
) -> None:
    unit = make.draft(UnitKind.MODEL, by=teacher)
    assert "Ещё нет 3D-модели" in client.get(f"/library/{unit.id}/draft").text
    for name in ("pyramid", "cuboid"):
        if way == "straight":
            assert send(client, unit, build(name), f"{name}.glb", "model", alt="").status_code == 200
        else:
            data = {"file": (io.BytesIO(build(name)), f"{name}.glb"), "purpose": "model"}
            client.post(f"/library/{unit.id}/files", data=data)
    assert [one.name for one in files(unit)] == ["cuboid.glb"], "the second takes the place of the first"
    assert "Не сказано словами, что показывает модель." in client.get(f"/library/{unit.id}/draft").text
    client.post(f"/library/{unit.id}/files/1/describe", data={"alt": "Параллелепипед"})
    answer = client.get(f"/library/{unit.id}/draft")
    assert "Не сказано словами" not in answer.text and 'data-alt="Параллелепипед"' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy and "blob:" in policy and "unsafe-inline" not in policy
    assert "sha256" not in client.get("/library").headers["Content-Security-Policy"]


def test_a_model_that_needs_files_beside_is_refused(
    client: SchoolClient, make: Make, author: Account, teacher: Member
) -> None:
    unit = make.draft(UnitKind.MODEL, by=teacher)
    scene = b'{"asset": {"version": "2.0"}, "meshes": [{}], "buffers": [{"uri": "a.bin", "byteLength": 3}]}'
    answer = send(client, unit, scene, "a.gltf", "model")
    assert answer.status_code == 422 and "сохраните её как GLB" in answer.json["error"]
    assert files(unit) == []
