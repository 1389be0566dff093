"""CPU and statements of the hot pages, beside a page that does only one query and one table: `make bench`.

A PostgreSQL server of its own, the demo school in it with one journal of 30 pupils and 60 columns, granian with two
workers of two threads, and the bare page served in the same way, in the same run. CPU is that of the web server's and the database's
processes together; compare the ratios, not the milliseconds.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from benchmarks.attempt import Sitting, sit_down
from benchmarks.cpu import Cost, Request, cpu_seconds, measure
from benchmarks.journal import Journal, widen_journal
from benchmarks.topic_map import widen_topics
from school.app import create_app
from school.core import migrating
from school.core.config import Settings
from school.core.database import db, read_engine, write_engine
from school.demo.commands import load
from school.people.models import Account, Role
from tests import machines
from tests.browsing import SchoolClient
from tests.living import A_TUESDAY
from tests.statements import Statements

PORT, BARE_PORT = 8311, 8312
SECRET = "a secret of the benchmark, long enough to be one"
GRID, ATTEMPT, PAGE = 8, 6, 4
"""At most so many times the bare page: the journal, the map of topics, and two pages that nobody opens first, a term's marks with their reasons and a
search of the library; an attempt at twenty questions; every other hot page."""
MOST_STATEMENTS = 10
IDLE, PATIENCE = 0.03, 60
"""Seconds of CPU in two seconds of a server with nothing to do, and how long a new one may take to index the demo's units."""
ROUNDS = 5
"""Each page and the bare page take turns so many times; the figure is that of all together."""
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class HotPage:
    """A page to measure, as one person opens it."""

    name: str
    login: str
    request: Request
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class Beside:
    """A page and the bare page, measured one right after the other: a machine's speed changes by a third from minute to minute."""

    bare: Cost
    page: Cost

    @property
    def ratio(self) -> float:
        """How many bare pages the page costs."""
        return self.page.cpu_ms / self.bare.cpu_ms


def main() -> None:
    """Measure everything and print one line a page; fails when a page is over its limit."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    if machines.find_postgres() is None:
        raise SystemExit("PostgreSQL is not found on this machine: `make bench` needs it")
    with machines.running_postgres() as url, tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), url, SECRET, clock=A_TUESDAY)
        app = _prepare(settings)
        with app.app_context():
            journal = widen_journal()
            widen_topics(journal)
            sitting = sit_down("pupil")
            db.session.remove()
        pages = _pages(app, journal, sitting)
        database = _postgres_pid(url)
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "DATA_DIR": folder,
            "SECRET_KEY": SECRET,
            "LOG_FORMAT": "json",
            "CLOCK": A_TUESDAY.isoformat(),
        }
        with _granian("benchmarks.bare:app", BARE_PORT, env) as bare_pid, _granian("wsgi:app", PORT, env) as web_pid:
            cookies = {login: _cookie(app, login) for login in {page.login for page in pages}}
            _wait_until_idle(web_pid)
            rounds = {
                page.name: [
                    Beside(
                        measure(BARE_PORT, Request("/marks/7"), [bare_pid, database], times=times),
                        _measure(page, cookies[page.login], [web_pid, database], times),
                    )
                    for _ in range(ROUNDS)
                ]
                for page in pages
            }
        statements = {page.name: _statements(app, page) for page in pages}
        _print(pages, rounds, statements)


def _wait_until_idle(web_pid: int) -> None:
    """A new server indexes the library beside what it serves; that is no cost of a page."""
    until = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < 2 and time.monotonic() < until:  # one quiet spell may be the pause before the work
        before = cpu_seconds([web_pid])
        time.sleep(2)
        quiet = quiet + 1 if cpu_seconds([web_pid]) - before <= IDLE else 0
    if quiet < 2:
        raise SystemExit(f"the web server is still at work {PATIENCE} seconds after its start")


def _prepare(settings: Settings) -> Flask:
    migrating.upgrade(settings)
    app = create_app(settings)
    app.testing = True  # no thread beside that asks the database while statements are counted
    app.test_client_class = SchoolClient
    with app.app_context():
        load()
        with write_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        Statements.watch(read_engine(), write_engine())
    return app


def _pages(app: Flask, journal: Journal, sitting: Sitting) -> list[HotPage]:
    with app.app_context():
        pupil = db.session.scalars(select(Role).join(Account).where(Account.login == "pupil")).one()
        school, member = pupil.school_id, pupil.member_id
        db.session.remove()
    get = [
        ("journal, 30 pupils × 60 columns", journal.login, f"/s/{school}/courses/{journal.course_id}/journal", GRID),
        ("map of topics, 30 pupils × 60", journal.login, f"/s/{school}/courses/{journal.course_id}/topics", GRID),
        ("diary, a week", "pupil", f"/s/{school}/pupils/{member}/diary", PAGE),
        ("a pupil's own marks", "pupil", f"/s/{school}/pupils/{member}/marks", GRID),
        ("home of a pupil", "pupil", f"/s/{school}/pupil", PAGE),
        ("a pupil's way", "pupil", f"/s/{school}/track", PAGE),
        ("a pupil's progress", "pupil", f"/s/{school}/progress", PAGE),
        ("home of a parent", "parent", "/family", PAGE),
        ("home of a teacher", "teacher", f"/s/{school}/teacher", PAGE),
        ("home of a class teacher", "class-teacher", f"/s/{school}/class", PAGE),
        ("home of the deputy head", "deputy", f"/s/{school}/deputy", PAGE),
        ("home of the head", "head", f"/s/{school}/head", PAGE),
        ("home of the administrator", "admin", f"/s/{school}/admin", PAGE),
        ("home of a methodologist", "methodologist", "/methodologist", PAGE),
        ("library, a search", "teacher", "/library?q=%D0%B4%D1%80%D0%BE%D0%B1%D1%8F%D0%BC%D0%B8", GRID),
        ("home of a city analyst", "analyst", "/city", PAGE),
        ("an attempt at twenty questions", "pupil", sitting.path, ATTEMPT),
    ]
    pages = [HotPage(name, login, Request(path), limit) for name, login, path, limit in get]
    return [
        *pages,
        HotPage("saving one mark with its record", journal.login, journal.save_one_mark(school)),
        HotPage("saving one answer", "pupil", sitting.save_one_answer()),
    ]


def _cookie(app: Flask, login: str) -> str:
    """A session cookie of this account, from a sign-in written into the database."""
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.login == login)).one()
        client = app.test_client()
        assert isinstance(client, SchoolClient)
        client.sign_in(account)
        client.get("/profile")  # a page with a form: the token enters the cookie
        cookie = client.get_cookie("session")
        db.session.remove()
    assert cookie is not None
    return cookie.value


def _measure(page: HotPage, cookie: str, roots: list[int], times: int) -> Cost:
    headers = (("Cookie", f"session={cookie}"), ("Accept-Encoding", "gzip"), *page.request.headers)
    request = page.request
    if request.method != "GET":
        headers += (("X-CSRFToken", _token(cookie)),)
        times //= 3  # each writes into a cell of its own, and a journal has some five hundred empty ones
    return measure(PORT, Request(request.path, request.method, headers, request.body), roots, times=times)


def _token(cookie: str) -> str:
    """The CSRF token of a page opened with this cookie."""
    question = urllib.request.Request(f"http://127.0.0.1:{PORT}/profile", headers={"Cookie": f"session={cookie}"})
    with urllib.request.urlopen(question) as answer:
        html = answer.read().decode()
    start = html.index('name="csrf-token" content="') + len('name="csrf-token" content="')
    return str(html[start : html.index('"', start)])


def _statements(app: Flask, page: HotPage) -> int:
    """Statements of one request, the one after the answer included; BEGIN and COMMIT apart."""
    app.config["WTF_CSRF_ENABLED"] = False
    counter = Statements()
    with app.app_context():
        client = app.test_client()
        assert isinstance(client, SchoolClient)
        client.sign_in(db.session.scalars(select(Account).where(Account.login == page.login)).one())
        request = page.request
        db.session.remove()
    with counter.counted() as seen:
        body = request.body() if request.body else None
        answer = client.open(request.path, method=request.method, data=body, headers=dict(request.headers))
    if answer.status_code >= 400:
        raise SystemExit(f"{page.name}: {answer.status_code} for {request.path}")
    return len(seen)


@contextmanager
def _granian(target: str, port: int, env: dict[str, str]) -> Iterator[int]:
    command = [
        Path(sys.executable).parent / "granian",
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "2",
    ]
    if target.startswith("benchmarks.bare"):
        subprocess.run(
            [sys.executable, "-c", "from benchmarks.bare import fill; fill()"], check=True, env=env, cwd=ROOT
        )
    server = subprocess.Popen(
        [*command, "--port", str(port), "--no-access-log", "--log-level", "error", target], env=env, cwd=ROOT
    )
    try:
        _wait(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"the server on port {port} did not start")


def _postgres_pid(url: str) -> int:
    folder = url.rpartition("host=")[2]
    return int((Path(folder) / "data" / "postmaster.pid").read_text().split()[0])


def _print(pages: list[HotPage], rounds: dict[str, list[Beside]], statements: dict[str, int]) -> None:
    print(f"{'page':36}{'CPU ms':>8}{'× bare':>8}{'from–to':>12}{'limit':>7}{'SQL':>5}{'p50 ms':>8}{'bytes':>9}")
    every = sorted((one.bare for some in rounds.values() for one in some), key=lambda one: one.cpu_ms)
    usual = every[len(every) // 2]
    print(f"{'bare page, 60 rows':36}{usual.cpu_ms:8.2f}{1:8.1f}{'':19}{1:5}{usual.p50_ms:8.1f}{usual.size:9}")
    over = []
    for page in pages:
        some = sorted(rounds[page.name], key=lambda one: one.ratio)
        cost, errors = some[len(some) // 2].page, sum(one.page.errors for one in some)
        ms = sum(one.page.cpu_ms for one in some) / len(some)
        ratio = ms * len(some) / sum(one.bare.cpu_ms for one in some)
        sql, spread = statements[page.name], f"{some[0].ratio:.1f}–{some[-1].ratio:.1f}"
        line = f"{page.name:36}{ms:8.2f}{ratio:8.1f}{spread:>12}{page.limit:7}{sql:5}{cost.p50_ms:8.1f}{cost.size:9}"
        bad = round(ratio, 1) > page.limit or sql > MOST_STATEMENTS or errors
        print(line + (f"   errors {errors}" if errors else "") + ("   OVER" if bad else ""))
        over += [page.name] if bad else []
    if over:
        raise SystemExit(f"over the limit: {', '.join(over)}")


if __name__ == "__main__":
    main()
