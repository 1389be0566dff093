"""The city as docs/deploy.md describes it, started by hand: what processes share, what they survive, and that a backup is one.

The tests follow one another on the same city: it is dear to start.
"""

import gzip
import json
import os
import re
import signal
import time
import uuid
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request

import psycopg
import pytest
from psycopg import sql

from content_library.storage.s3 import S3Address, S3Storage
from tests import machines
from tests.deploy.city import BIN, ROOT, City, Person, csrf, sign_in
from tests.deploy.nginx import Nginx

pytestmark = [pytest.mark.xdist_group("city"), pytest.mark.slow]

PICTURE = (ROOT / "tests/deploy/dot.png").read_bytes()
SITE = "https://school.example"

LATER = """
from school.core.database import db, new_id
from school.core.records import PROGRAM, record
from school.core.records.tables import school
from school.core.transactions import unit_of_work
from sqlalchemy import select
from wsgi import app

with app.app_context(), unit_of_work():
    one = db.session.execute(select(school().c.id).order_by(school().c.id)).scalars().first()
    for value in (3, 4, 5):
        print(record(PROGRAM, "mark.set", school_id=one, thing_id=new_id(), payload={"value": value, "old": None}), one)
"""
"""What was put after the backup: three events of the first school."""


def test_people_are_known_to_every_process(city: City) -> None:
    teacher = city.person("teacher", 0)
    for address in city.web:
        assert teacher.get(f"{address}/").headers["location"].endswith("/teacher")


def test_a_file_goes_straight_to_the_storage_and_is_read_in_parts(city: City) -> None:
    author = city.person("methodologist", 0)
    unit = _begin_unit(author)
    token = csrf(author, f"/library/{unit}/edit")
    asked = author.post(f"/library/{unit}/uploads", {"purpose": "picture", "size": len(PICTURE), "csrf_token": token})
    assert asked.status == 200, asked.text
    upload = json.loads(asked.text)
    (place,) = json.loads(author.post(upload["parts"], {"csrf_token": token}).text)["missing"]
    assert place["url"].startswith(city.environment["S3_PUBLIC_ENDPOINT"])

    browser = Person("")
    wish = {"Origin": SITE, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type"}
    preflight = browser.send(Request(place["url"], headers=wish, method="OPTIONS"))
    assert preflight.status in {200, 204}
    assert preflight.headers["access-control-allow-origin"] in {SITE, "*"}
    assert "PUT" in preflight.headers["access-control-allow-methods"]
    sent = browser.put(place["url"], PICTURE, {**place["headers"], "Origin": SITE})
    assert sent.status == 200
    assert sent.headers["access-control-allow-origin"] in {SITE, "*"}

    # The other web server finishes what the first one began.
    author.address = city.web[1]
    arrived = author.post(upload["end"], {"alt": "Точка", "csrf_token": token})
    assert arrived.status == 200, arrived.text
    pages = "".join(author.get(f"/library/{unit}/{name}").text for name in ("edit", "draft"))
    address = unescape(re.findall(rf'"({re.escape(city.environment["S3_PUBLIC_ENDPOINT"])}/[^"]+)"', pages)[0])
    whole, part = browser.get(address), browser.get(address, Range="bytes=1-3")
    assert (whole.status, part.status) == (200, 206)
    assert part.body == whole.body[1:4] == b"PNG"
    assert part.headers["content-range"] == f"bytes 1-3/{len(whole.body)}"


def test_attempts_are_counted_for_all_web_servers_together(city: City) -> None:
    strangers = [Person(address) for address in city.web]
    for n in range(10):
        answer = sign_in(strangers[n % 2], "guessed", f"guess {n}", X_Forwarded_For="10.1.1.1")
        assert answer.status == 422, answer.text
    for stranger in strangers:
        assert sign_in(stranger, "guessed", "guess 10", X_Forwarded_For="10.2.2.2").status == 429
        assert sign_in(stranger, "other", "guess", X_Forwarded_For="10.2.2.2").status == 422


def test_readiness_follows_the_database(city: City) -> None:
    head = city.person("head", 0)
    watch = [Person(address) for address in city.web]
    assert [one.get("/readyz").status for one in watch] == [200, 200]
    city.postgres.stop()
    try:
        assert [one.get("/readyz").status for one in watch] == [503, 503]
        assert [one.get("/healthz").status for one in watch] == [200, 200], (
            "the processes live: let nobody restart them"
        )
        away = head.get("/")
        assert away.status == 503, city.log()[-3000:]
        assert away.headers["retry-after"] == "10"
        assert "<h1>" in away.text, "a page in plain words"
    finally:
        city.postgres.start()
    for one in watch:
        machines.wait_until(lambda one=one: one.get("/readyz").status == 200, "not ready again", 20)
    # Each of four processes may hold a dead connection of each engine; then the pools are fresh.
    machines.wait_until(lambda: head.get("/profile").status == 200, "pages do not come back", 20)
    assert all(server.poll() is None for server in city.servers), city.log()


def test_a_killed_web_process_is_replaced(city: City) -> None:
    server = city.servers[0]
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    assert len(children) >= 2
    os.kill(int(children[-1]), signal.SIGKILL)
    watch = Person(city.web[0])
    time.sleep(0.5)
    machines.wait_until(lambda: watch.get("/readyz").status == 200, "nobody took its place", 20)
    assert server.poll() is None


def test_nginx_serves_compresses_and_lets_through_what_it_should(city: City) -> None:
    program = machines.find_nginx()
    if program is None:
        pytest.skip("nginx not found")
    with Nginx(program, city) as nginx:
        page = nginx.get("school.example", "/sign-in", accept_encoding="gzip")
        assert (page.status, page.headers["content-encoding"]) == (200, "gzip")
        assert "script-src" in page.headers["content-security-policy"]
        html = gzip.decompress(page.body).decode()
        built = re.findall(r"/static/build/[\w./-]+\.(?:css|js)", html)
        assert built
        for address in built:
            file = nginx.get("school.example", address, accept_encoding="gzip")
            assert (file.status, file.headers["content-encoding"]) == (200, "gzip"), address
            assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert nginx.get("school.example", "/healthz").status == 200, "asked from this machine"
        big = nginx.get("school.example", "/sign-in", method="POST", body=b"x" * (34 * 1024 * 1024))
        assert big.status == 413

        # A link signed for the public name works by that name, and only for what browsers do.
        storage = S3Storage(
            S3Address(
                endpoint=city.environment["S3_ENDPOINT"],
                public_endpoint="https://files.school.example",
                bucket="school",
                access_key=machines.MINIO_USER,
                secret_key=machines.MINIO_PASSWORD,
            )
        )
        key = storage.save(b"a page of a book").key
        link = urlsplit(storage.link(key, "page.txt", "text/plain"))
        file = nginx.get("files.school.example", f"{link.path}?{link.query}", range="bytes=2-5")
        assert (file.status, file.body) == (206, b"page")
        assert "sandbox" in file.headers["content-security-policy"]
        assert nginx.get("files.school.example", f"{link.path}?{link.query}", method="DELETE").status == 403
        assert nginx.get("files.school.example", "/minio/health/ready").status == 404
        storage.close()


def test_two_machines_may_migrate_at_once(city: City) -> None:
    fresh = city.postgres.make_database("twice")
    command = [str(BIN / "flask"), "--app", "wsgi", "db", "upgrade"]
    started = [city.begin(*command, DATABASE_URL=fresh, DATA_DIR=str(city.folder / f"machine-{n}")) for n in range(2)]
    said = [one.communicate(timeout=120)[0] for one in started]
    assert [one.returncode for one in started] == [0, 0], said
    assert city.flask("db", "check", DATABASE_URL=fresh)


def test_a_backup_can_be_restored_and_the_record_never_gets_shorter(city: City) -> None:
    worker = city.servers[-1]
    machines.wait_until(lambda: _waiting(city) == 0, "the worker does not seal the record", 60)
    worker.terminate()
    assert worker.wait(30) == 0, city.log()
    backups = city.folder / "backups"
    stored = city.run("deploy/backup.sh", str(backups))
    stamp = Path(stored.strip().splitlines()[-1]).stem
    before = _rows(city.environment["DATABASE_URL"])
    assert sum(before.values()) > 10_000

    lost = [line.split() for line in city.run(str(BIN / "python"), "-c", LATER).splitlines()]
    assert city.flask("records", "seal", RECORD_KEY_FILE=city.record_key).startswith("3 ")
    receipt = city.folder / "receipt.json"
    receipt.write_text(city.flask("records", "receipt", lost[0][1], lost[0][0]))

    # Never over a record: neither the school's own nor one restored a minute ago.
    refused = city.tried("deploy/restore.sh", str(backups), stamp)
    assert refused.returncode == 1
    assert "a restore never writes over a record" in refused.stderr
    assert _rows(city.environment["DATABASE_URL"])["record_event"] == before["record_event"] + 3

    plain = {"DATABASE_URL": city.postgres.make_database("restored"), "S3_BUCKET": "restored"}
    said = city.run("deploy/restore.sh", str(backups), stamp, **plain, RECORD_KEY_FILE=city.record_key)
    assert "Everything is as it was sealed." in said
    assert "0 missing" in said
    assert _rows(plain["DATABASE_URL"]) == before
    told = city.tried(str(BIN / "flask"), "--app", "wsgi", "records", "receipt", "--check", str(receipt), **plain)
    assert told.returncode == 1, "a receipt of a lost event says that it is lost"

    carried = {"DATABASE_URL": city.postgres.make_database("carried"), "S3_BUCKET": "carried"}
    keyed = {**carried, "RECORD_KEY_FILE": city.record_key}
    city.run("deploy/restore.sh", str(backups), stamp, **keyed, CARRY_FROM=city.environment["DATABASE_URL"])
    assert city.flask("records", "seal", **keyed).startswith("4 "), "three events and the one that says so"
    after = _rows(carried["DATABASE_URL"])
    assert after["record_event"] == before["record_event"] + 4
    assert json.loads(city.flask("records", "verify", "--json", **keyed))["holds"]
    again = city.flask("records", "carry", city.environment["DATABASE_URL"], **keyed)
    assert again.startswith("0 events"), "what is carried already is not carried twice"


def test_everything_ends_when_told_to(city: City) -> None:
    for server in city.servers:
        server.terminate()
    assert [server.wait(30) for server in city.servers] == [0, 0, 0], city.log()
    assert "Traceback" not in (city.folder / "worker.log").read_text().split("The worker has stopped.")[-1]


def _begin_unit(author: Person) -> uuid.UUID:
    shown = author.get("/library/new").text
    options = shown.split('name="subject"', 1)[1].split("</select>", 1)[0]
    subject = next(one for one in (part.split('"', 1)[0] for part in options.split('value="')[1:]) if one)
    made = author.post(
        "/library/new",
        {"kind": "textbook", "title": "Точка", "subject": subject, "year_from": "5", "year_to": "6",
         "csrf_token": csrf(author, "/library/new")},
    )  # fmt: skip
    assert made.status == 303, made.text
    return uuid.UUID(made.headers["location"].split("/library/")[1].split("/")[0])


def _waiting(city: City) -> int:
    said = city.flask("records", "verify", "--json", RECORD_KEY_FILE=city.record_key)
    return int(json.loads(said)["waiting"])


def _rows(url: str) -> dict[str, int]:
    """How many rows each table has."""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        counted = {}
        for (name,) in names:
            found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
            counted[str(name)] = found[0] if found else 0
    return counted
