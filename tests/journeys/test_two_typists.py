"""Killing the server with -9 while marks are being entered loses none that the browser showed as saved and doubles none.

A program with the grid's habits (its own ids, resending until answered) types marks from two threads while the server is killed
and started again; then what it was told is compared with what the database, the steps and the record hold.
"""

import http.client
import json
import re
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import create_engine, text

from tests.living import PASSWORD, PATIENCE, School

KILLS = 3
MARKS = 60


@dataclass
class Browser:
    """What a signed-in browser keeps: its cookie and the token of the page."""

    school: School
    cookie: str = ""
    token: str = ""
    told: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    """By step: column, pupil and value of every mark that was shown as saved."""

    def request(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.school.port, timeout=10)
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Accept": "application/json, text/html"}
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body.encode(), headers)
            response = connection.getresponse()
            html = response.read().decode()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                if name == "session":
                    self.cookie = f"session={morsel.value}"
        found = re.search(r'name="csrf-token" content="([^"]+)"', html)
        self.token = found[1] if found else self.token
        return response.status, html, response.headers.get("Location", "")

    def sign_in(self, login: str) -> "Browser":
        self.request("GET", "/sign-in")
        form = urllib.parse.urlencode({"login": login, "password": PASSWORD, "csrf_token": self.token})
        status, _html, _where = self.request("POST", "/sign-in", form, "application/x-www-form-urlencoded")
        assert status == 303
        return self

    def send(self, url: str, mark: dict[str, object]) -> None:
        """As the grid does: the same step again and again until it is answered."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            try:
                status, text_, _where = self.request("POST", url, json.dumps({"marks": [mark]}), "application/json")
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            if status >= 500:
                time.sleep(0.1)
                continue
            [answer] = json.loads(text_)["marks"]
            assert answer["status"] == "saved", answer
            self.told[str(mark["id"])] = (str(mark["column"]), str(mark["pupil"]), int(str(mark["value"])))
            return
        raise AssertionError("the server did not come back")


@pytest.fixture
def journal(school: School) -> tuple[Browser, str, list[dict[str, object]]]:
    """A signed-in teacher, the address for saving, and empty cells of a journal."""
    browser = Browser(school).sign_in("teacher")
    _status, _html, home = browser.request("GET", "/")
    _status, html, _where = browser.request("GET", home.rsplit("/", 1)[0] + "/journals")
    page = re.findall(r'href="([^"]+/journal)"', html)[0]
    _status, html, _where = browser.request("GET", page)
    heads = [
        (column, lesson)
        for column, lesson, rest in re.findall(r'<th scope="col" data-c="([^"]+)" data-l="([^"]+)"([^>]*)>', html)
        if "g-none" not in rest and "g-later" not in rest
    ]
    cells: list[dict[str, object]] = []
    for pupil, line in re.findall(r'<tr data-r="([^"]+)">(.*?)</tr>', html, re.DOTALL):
        boxes = re.findall(r"<td[^>]*>.*?</td>", line, re.DOTALL)[2:]
        cells += [
            {"lesson": lesson, "column": column, "pupil": pupil}
            for (column, lesson), box in zip(heads, boxes, strict=False)
            if box == "<td></td>"
        ]
    assert len(cells) >= MARKS
    return browser, re.search(r'data-save="([^"]+)"', html)[1], cells[:MARKS]  # type: ignore[index]


@pytest.mark.journey
@pytest.mark.data_journey
def test_two_typists_lose_and_double_nothing(
    school: School, journal: tuple[Browser, str, list[dict[str, object]]]
) -> None:
    browser, url, cells = journal
    halves = cells[::2], cells[1::2]
    failures: list[BaseException] = []

    def type_all(half: list[dict[str, object]]) -> None:
        try:
            for n, cell in enumerate(half):
                mark = {"id": str(uuid.uuid4()), "value": 2 + n % 4, "code": None, "comment": "", "seen": 0, **cell}
                browser.send(url, mark)
                time.sleep(0.02)
        except BaseException as why:
            failures.append(why)

    typists = [threading.Thread(target=type_all, args=(half,)) for half in halves]
    for one in typists:
        one.start()
    for n in range(KILLS):
        while len(browser.told) < (n + 1) * MARKS // (KILLS + 2) and not failures:
            time.sleep(0.01)
        school.kill()
        school.start()
    for one in typists:
        one.join(2 * PATIENCE)
    assert not failures, failures
    assert len(browser.told) == MARKS
    marks, steps, events = _stored(school)
    for step, (column, pupil, value) in browser.told.items():
        assert marks[column, pupil] == (value, 1)
        assert steps[step] == 1
        assert events[step] == 1


def _stored(school: School) -> tuple[dict[tuple[str, str], tuple[int, int]], Counter[str], Counter[str]]:
    """Marks by column and pupil, steps by id, and events of the record by the step they name."""
    school.stop()
    url = school.database_url or f"sqlite:///{school.folder / 'school.sqlite3'}"
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT column_id, pupil_id, value, version FROM mark")).all()
        marks = {(_id(row[0]), _id(row[1])): (row[2], row[3]) for row in rows}
        steps = Counter(_id(row[0]) for row in connection.execute(text("SELECT id FROM mark_step")))
        payloads = connection.execute(text("SELECT payload FROM record_event WHERE kind = 'mark.set'"))
        events = Counter(str(json.loads(row[0]).get("step")) for row in payloads)
    engine.dispose()
    return marks, steps, events


def _id(value: object) -> str:
    return str(uuid.UUID(bytes=value) if isinstance(value, bytes) else value)
