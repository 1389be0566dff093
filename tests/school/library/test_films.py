"""Films: from the browser to the player, in pieces, and what was watched of them."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from content_library import (
    FileRole,
    UnitKind,
    shelf,
)
from content_library.storage import Storage
from content_library.storage.s3 import S3Address, S3Storage
from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.core.jobs.models import Job
from school.core.transactions import unit_of_work
from school.library import actions
from school.library.models import FilmState, FilmWork
from school.library.queries import draft_of
from school.people.models import Account, Member
from tests.browsing import SchoolClient
from tests.content_library.making import film
from tests.factories import Make
from tests.school.library.sending import PDF, fetch, files, send, work


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
