"""Packages on the site: their sandbox, their state, and that their word counts for nothing."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from content_library import FileRole, PlacedFile, Unit, UnitKind, UnitState, packages
from content_library.interchange import Package, PackagedFile, Scene
from school.core import clock
from school.core.config import BadSettings, read_settings
from school.core.database import db
from school.core.files import storage
from school.core.transactions import unit_of_work
from school.gradebook.models import Mark
from school.library.models import PackageWork
from school.library.playing import BadState, Outcome, listened_to, outcome, read
from school.library.queries import played_by
from school.people.models import Account
from school.tasks.models import Attempt
from tests.browsing import SchoolClient
from tests.content_library.interchange.samples import H5P, SCORM, zipped
from tests.factories import Make
from tests.school.library.sending import form

OWN = re.compile(r'data-player="(http://[0-9a-f]{20}\.packages\.localhost)(/packages/([^"/]+)/~player)"')


@pytest.fixture
def unit(app: Flask, make: Make, tmp_path: Path) -> Unit:
    """A published package of two scenes."""
    for name, data in (("page", b"<p>1</p>"), ("sound", b"ID3" + b"0" * 50), ("odd", b"?")):
        (tmp_path / name).write_bytes(data)
    package = Package(
        title="Рычаг",
        standard="SCORM 1.2",
        launch="index.html",
        scenes=(Scene("a", "Один", "index.html"), Scene("b", "Два", "index.html?n=2")),
        files=(PackagedFile("index.html", "page"), PackagedFile("s.mp3", "sound"), PackagedFile("x.odd", "odd")),
    )
    with unit_of_work():
        file = packages.note(db.session(), packages.save(storage(), package, tmp_path), clock.now())
    placed = PlacedFile(sha256=file.sha256, name="рычаг.zip", role=FileRole.BODY)
    return make.unit(UnitKind.PACKAGE, files=[placed])


@pytest.fixture
def pupil(client: SchoolClient, make: Make) -> Account:
    account = make.account_of(make.pupils_of(make.course(pupils=1))[0])
    client.sign_in(account)
    return account


def player(client: SchoolClient, unit: Unit) -> tuple[str, str]:
    """Host and path of the player as the page gives them."""
    found = OWN.search(client.get(f"/library/{unit.id}").text)
    assert found is not None
    return found[1], found[2]


def state(**scenes: dict[str, str]) -> str:
    return json.dumps({"at": next(iter(scenes), ""), "scenes": scenes})


def test_the_page_frames_its_package_and_nothing_else(client: SchoolClient, pupil: Account, unit: Unit) -> None:
    host, path = player(client, unit)
    answer = client.get(f"/library/{unit.id}")
    policy = answer.headers["Content-Security-Policy"]
    (frames,) = [part for part in policy.split("; ") if part.startswith("frame-src")]
    folder = path.removesuffix("~player")
    assert frames == f"frame-src {host}{folder} http://localhost{folder}"
    assert "frame-src" not in client.get("/library").headers["Content-Security-Policy"]


def test_on_a_host_of_its_own_there_is_nothing_but_the_package(
    client: SchoolClient, pupil: Account, unit: Unit
) -> None:
    host, path = player(client, unit)
    answer = client.get(path, base_url=host)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200 and policy.startswith("sandbox allow-scripts")
    assert "allow-same-origin" in policy and "allow-top-navigation" not in policy and "allow-popups" not in policy
    assert f"frame-ancestors http://localhost {host}" in policy
    assert f"connect-src {host}{path.removesuffix('~player')} {host}/files/ data: blob:" in policy
    assert "Set-Cookie" not in answer.headers
    for address in ("/", "/library", f"/library/{unit.id}", "/sign-in", "/readyz", "/s/1/home"):
        assert client.get(address, base_url=host).status_code == 404, address
    assert client.post(f"/library/{unit.id}/played", base_url=host).status_code == 404


def test_on_the_sites_own_host_it_is_in_an_origin_of_nobody(client: SchoolClient, pupil: Account, unit: Unit) -> None:
    _, path = player(client, unit)
    for address in (path, path.replace("~player", "index.html")):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert policy.startswith("sandbox allow-scripts") and "allow-same-origin" not in policy


def test_parts_by_their_types(client: SchoolClient, pupil: Account, unit: Unit) -> None:
    host, path = player(client, unit)
    folder = path.removesuffix("~player")
    page = client.get(f"{folder}Index.html", base_url=host)
    assert (page.data, page.headers["Content-Type"]) == (b"<p>1</p>", "text/html")
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"{folder}index.html", base_url=host, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    odd = client.get(f"{folder}x.odd", base_url=host)
    assert odd.headers["Content-Disposition"].startswith("attachment")
    sound = client.get(f"{folder}s.mp3", base_url=host)
    assert sound.status_code == 302
    piece = client.get(sound.location, base_url=host, headers={"Range": "bytes=0-2"})
    assert (piece.status_code, piece.data) == (206, b"ID3")
    assert client.get(f"{folder}away.html", base_url=host).status_code == 404


def test_an_address_ends_and_can_not_be_made_up(
    app: Flask, client: SchoolClient, pupil: Account, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, path = player(client, unit)
    assert client.get(path.replace("/packages/", "/packages/x"), base_url=host).status_code == 403
    assert app.test_client().get(path, base_url=host).status_code == 200, "the address is the right"
    later = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(path, base_url=host).status_code == 403


def test_work_is_kept_for_another_device(client: SchoolClient, pupil: Account, unit: Unit) -> None:
    said = state(a={"cmi.core.lesson_status": "completed", "cmi.core.score.raw": "80"})
    answer = client.post(f"/library/{unit.id}/played", data={"state": said, "revision": 0})
    assert answer.json == {"revision": 1, "result": "80 %"}
    page = client.get(f"/library/{unit.id}").text
    assert "Пакет сам сообщает" in page and "80 %" in page and "не отметка" in page and "Продолжить" in page
    both = json.loads(said)
    both["scenes"]["b"] = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "41"}
    answer = client.post(f"/library/{unit.id}/played", data={"state": json.dumps(both), "revision": 1})
    assert answer.json == {"revision": 2, "result": "60 %, пройдено до конца"}
    old = client.post(f"/library/{unit.id}/played", data={"state": said, "revision": 1})
    assert old.status_code == 409 and "на другом устройстве" in old.json["error"]
    assert db.session.scalar(select(PackageWork.percent)) == 60


def test_what_a_package_says_is_no_evidence(client: SchoolClient, pupil: Account, unit: Unit) -> None:
    said = state(a={"cmi.core.score.raw": "100"})
    client.post(f"/library/{unit.id}/played", data={"state": said, "revision": 0})
    db.session.connection(execution_options={"unguarded": True})  # in whichever school
    for evidence in (Attempt, Mark):
        assert db.session.scalar(select(func.count()).select_from(evidence)) == 0
    assert unit.published_version_id is not None
    found = played_by(pupil.id, unit.published_version_id)
    assert found is not None and found.percent == 100


def test_another_persons_work_is_not_seen(client: SchoolClient, pupil: Account, unit: Unit, make: Make) -> None:
    client.post(f"/library/{unit.id}/played", data={"state": state(a={"cmi.core.score.raw": "80"}), "revision": 0})
    first, _ = player(client, unit)
    client.sign_in(make.account_of(make.pupils_of(make.course(pupils=1))[0]))
    page = client.get(f"/library/{unit.id}").text
    assert "80 %" not in page and "<span>Продолжить</span>" not in page
    second, _ = player(client, unit)
    assert first != second, "each person plays on a host of their own: what a package leaves in a browser stays theirs"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"at": "a"}',
        '{"at": "c", "scenes": {}}',
        '{"at": "a", "scenes": {"c": {}}}',
        '{"at": "a", "scenes": {"a": []}}',
        '{"at": "a", "scenes": {"a": {"cmi.x": 1}}}',
        '{"at": "a", "scenes": {"a": {"other": "x"}}}',
        '{"at": "a", "scenes": {"a": {"cmi.x": "' + "x" * 400_000 + '"}}}',
    ],
)
def test_what_is_no_state_is_refused(text: str, client: SchoolClient, pupil: Account, unit: Unit) -> None:
    with pytest.raises(BadState):
        read(text, ["a", "b"])
    assert client.post(f"/library/{unit.id}/played", data={"state": text, "revision": 0}).status_code == 422


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Outcome(None, is_complete=False)),
        ({"cmi.core.score.raw": "7"}, Outcome(7, is_complete=False)),
        ({"cmi.core.score.raw": "7", "cmi.core.score.max": "14"}, Outcome(50, is_complete=False)),
        (
            {"cmi.core.score.raw": "7", "cmi.core.score.min": "5", "cmi.core.score.max": "9"},
            Outcome(50, is_complete=False),
        ),
        ({"cmi.core.score.raw": "7", "cmi.core.score.max": "0"}, Outcome(None, is_complete=False)),
        ({"cmi.core.score.raw": "nan"}, Outcome(None, is_complete=False)),
        ({"cmi.score.scaled": "0.755", "cmi.score.raw": "1"}, Outcome(76, is_complete=False)),
        ({"cmi.score.scaled": "-1"}, Outcome(0, is_complete=False)),
        ({"cmi.score.scaled": "30"}, Outcome(100, is_complete=False)),
        ({"cmi.core.lesson_status": "failed"}, Outcome(None, is_complete=True)),
        ({"cmi.core.lesson_status": "browsed"}, Outcome(None, is_complete=False)),
        ({"cmi.completion_status": "completed"}, Outcome(None, is_complete=True)),
        ({"cmi.success_status": "passed"}, Outcome(None, is_complete=True)),
    ],
)
def test_the_result_of_a_state(values: dict[str, str], expected: Outcome) -> None:
    assert outcome({"at": "a", "scenes": {"a": values}}, ["a"]) == expected


WHOLE = {"cmi.completion_status": "completed", "cmi.score.scaled": "0.4"}


def test_the_order_of_a_package_says_what_comes_of_the_whole() -> None:
    done = {"cmi.completion_status": "completed", "cmi.score.scaled": "1"}
    text = json.dumps({"at": "b", "scenes": {"a": done}, "order": "{}", "whole": WHOLE})
    assert outcome(read(text, ["a", "b", "c"]), ["a", "b", "c"]) == Outcome(40, is_complete=True)
    begun = {"at": "b", "scenes": {"a": done}, "order": "{}", "whole": {}}
    assert outcome(read(json.dumps(begun), ["a", "b"]), ["a", "b"]) == Outcome(100, is_complete=False)


@pytest.mark.parametrize("more", [{"order": 1}, {"whole": {"x": "1"}}, {"whole": []}, {"more": ""}])
def test_an_order_of_another_shape_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(BadState):
        read(json.dumps({"at": "a", "scenes": {}, **more}), ["a"])


def test_a_draft_gets_its_package_by_the_page(
    client: SchoolClient, make: Make, author: Account, teacher: object
) -> None:
    unit = make.draft(UnitKind.PACKAGE, by=author)
    assert "Ещё нет пакета" in client.get(f"/library/{unit.id}/draft").text
    form(client, f"/library/{unit.id}/package", zipped({"imsmanifest.xml": SCORM, "run.exe": "x"}), "t.zip")
    assert "Ещё нет пакета" in client.get(f"/library/{unit.id}/draft").text
    form(client, f"/library/{unit.id}/package", "Раз? {=да ~нет}".encode(), "t.gift")
    said = client.get(f"/library/{unit.id}/edit").text
    assert "Это не пакет H5P, SCORM или cmi5." in said
    card = {"h5p.json": H5P, "content/content.json": "{}", "H5P.Card-1.0/library.json": "{}"}
    form(client, f"/library/{unit.id}/package", zipped(card), "t.h5p")
    page = client.get(f"/library/{unit.id}/draft").text
    assert "Ещё нет пакета" not in page and "data-player=" in page and 'data-save=""' in page
    form(client, f"/library/{unit.id}/package", zipped({"imsmanifest.xml": SCORM, "index.html": "1"}), "t.zip")
    page = client.get(f"/library/{unit.id}/edit").text
    assert "Курс.zip" in page and "Открытка.h5p" not in page, "the second takes the place of the first"


def test_a_package_comes_in_by_the_page_of_other_programs(client: SchoolClient, author: Account, make: Make) -> None:
    make.subject(id=17, name_ru="Биология")
    form(client, "/library/import", zipped({"imsmanifest.xml": SCORM, "index.html": "1"}), "t.zip")
    [address] = re.findall(r"/library/import/[0-9a-f-]{36}", client.get("/library/import").text)
    assert "Интерактив" in client.get(address).text
    said = {"subject": "17", "year_from": "7", "year_to": "7", "licence": "own"}
    assert client.post(f"{address}/accept", data=said).status_code == 303
    unit = db.session.scalars(select(Unit)).one()
    assert (unit.kind, unit.state) == (UnitKind.PACKAGE, UnitState.DRAFT)
    assert OWN.search(client.get(f"/library/{unit.id}/draft").text)


@pytest.mark.parametrize("text", ["packages", "https://a.example/x", "https://*.*.example", "ftp://a.example"])
def test_a_sandbox_that_is_no_host_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        read_settings({"DATA_DIR": str(tmp_path), "SANDBOX_URL": text})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<!doctype html><html lang='ru'><head>", b"<script>1</script>"),
        (b"\xef\xbb\xbf<!-- made by x --><!DOCTYPE html>\n<HTML>\n<HEAD profile='x'>", b"<title>1</title></HEAD>"),
        (b"<html>", b"<header>1</header>"),
        (b"", b"<p>1</p>"),
    ],
)
def test_a_page_of_a_course_hears_our_script_first(before: bytes, after: bytes) -> None:
    assert listened_to(before + after, "/a.js") == before + b'<script src="/a.js"></script>' + after
