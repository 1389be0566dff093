"""Two hundred pupils answer twenty questions each while the server is killed every ten seconds: what was said to be saved is there once."""

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from school.tasks.models import Answer, Attempt, Verdict
from tests.journeys.facts import rows
from tests.living import ROOT, School

PUPILS, QUESTIONS = 200, 20
BETWEEN_KILLS, KILLS = 10.0, 5
PAUSE = (1.0, 4.0)
"""Seconds that a pupil thinks about a question."""
PATIENCE = 240

PREPARE = """
import json, re, sys
from sqlalchemy import select
from content_library.models import Item, Unit, UnitVersion
from school.core.access import Actor
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.people.models import Account, Member, Role, School
from school.tasks.actions import Given, start_attempt
from school.tasks.sheets import gathered
from tests.browsing import SchoolClient
from tests.factories import Make
from wsgi import app

app.test_client_class = SchoolClient
with app.app_context():
    items = db.session.scalars(
        select(Item).join(Unit, Unit.published_version_id == Item.version_id).where(Item.kind.in_(("number", "text")))
        .where(Item.spec["unit"].as_string().is_(None)).order_by(Item.id).limit(%d)
    ).all()
    ids, version_id = [one.id for one in items], items[0].version_id
    found = select(Account.id, Role.school_id, Role.member_id).join(Role, Role.account_id == Account.id)
    people = db.session.execute(found.where(Role.kind == "pupil").order_by(Role.member_id).limit(%d)).all()
    people = [tuple(one) for one in people]
    school, make, short = db.session.get_one(School, people[0][1]), Make(app), %d - len(people)
    for _n in range(short):
        pupil = make.pupil(school)
        people.append((pupil.account_id, pupil.school_id, pupil.id))
    db.session.rollback()
    said = []
    for account_id, school_id, member_id in people:
        me = Actor(account_id, new_id(), "", "ru", "", (), school_id, member_id, frozenset({"pupil"}))
        with unit_of_work():
            pupil = db.session.get_one(Member, (school_id, member_id))
            version = db.session.get_one(UnitVersion, version_id)
            attempt = start_attempt(me, version, pupil, Given(sheet=gathered("Двадцать вопросов", ids)))
        client = app.test_client()
        client.sign_in(db.session.get_one(Account, account_id))
        token = re.search('name="csrf-token" content="([^"]+)"', client.get("/profile").text)[1]
        path = f"/s/{school_id}/attempts/{attempt.id}"
        said.append([client.get_cookie("session").value, token, path, str(attempt.id), [str(one) for one in ids]])
        db.session.remove()
    print("READY" + json.dumps(said))
"""


@dataclass
class Pupil:
    """A browser that answers, waits, and sends again what did not arrive, as the player does."""

    cookie: str
    token: str
    path: str
    attempt: uuid.UUID
    items: list[str]
    saved: dict[uuid.UUID, str] = field(default_factory=dict)
    """By the answer's id: the question, from the moment at which the screen would show it as saved."""
    tries: int = 0
    errors: list[str] = field(default_factory=list)
    is_done: bool = False

    def run(self, port: int, seed: int, until: float) -> None:
        dice = random.Random(seed)
        time.sleep(dice.uniform(0, PAUSE[1]))
        for item in self.items:
            client_id = uuid.uuid4()
            body = {"client_id": str(client_id), "number": 1, "answer": str(dice.randrange(100)), "age": "0"}
            if not self.send(port, f"{self.path}/items/{item}/answers", body, until):
                return
            self.saved[client_id] = item
            if dice.random() < 0.1:  # the answer to the first sending was lost on its way back: sent again
                self.send(port, f"{self.path}/items/{item}/answers", body, until)
            time.sleep(dice.uniform(*PAUSE))
        self.is_done = self.send(port, f"{self.path}/finish", {}, until)

    def send(self, port: int, path: str, body: dict[str, Any], until: float) -> bool:
        headers = {
            "Cookie": f"session={self.cookie}",
            "X-CSRFToken": self.token,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        pause = 0.3
        while time.monotonic() < until:
            self.tries += 1
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            try:
                connection.request("POST", path, urlencode(body), headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status in (200, 303):
                    return True
                if answer.status < 500 and answer.status not in (408, 429):
                    self.errors.append(f"{answer.status} for {path}")
                    return False
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(pause)
            pause = min(3.0, pause * 1.5)
        return False


@pytest.mark.slow
def test_every_answer_that_was_said_to_be_saved_is_there_once(school: School) -> None:
    pupils = prepared(school)
    assert len(pupils) == PUPILS and all(len(one.items) == QUESTIONS for one in pupils)
    until = time.monotonic() + PATIENCE
    threads = [
        threading.Thread(target=one.run, args=(school.port, seed, until), daemon=True)
        for seed, one in enumerate(pupils)
    ]
    for thread in threads:
        thread.start()
    for _kill in range(KILLS):
        time.sleep(BETWEEN_KILLS)
        school.kill()
        check(school, pupils)  # also between its lives
        school.start()
    for thread in threads:
        thread.join(max(1.0, until - time.monotonic()) + 25)

    assert [one.errors for one in pupils if one.errors] == []
    assert sum(one.is_done for one in pupils) == PUPILS
    check(school, pupils)
    ids = [one.attempt for one in pupils]
    finished = rows(school, select(func.count()).where(Attempt.id.in_(ids), Attempt.finished_at.is_not(None)))
    assert finished == [(PUPILS,)]
    verdicts = rows(school, select(func.count(), func.count(Verdict.answer_id)).where(Verdict.attempt_id.in_(ids)))
    assert verdicts == [(PUPILS * QUESTIONS, PUPILS * QUESTIONS)]


def prepared(school: School) -> list[Pupil]:
    """Two hundred signed-in pupils of the demo school, each at an attempt of their own."""
    env = {**os.environ, "DATA_DIR": str(school.folder), "CLOCK": school.clock, **school.environment}
    if school.database_url:
        env["DATABASE_URL"] = school.database_url
    script = PREPARE % (QUESTIONS, PUPILS, PUPILS)
    made = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert "READY" in made.stdout, made.stderr[-3000:]
    said = json.loads(made.stdout.rpartition("READY")[2])
    return [Pupil(cookie, token, path, uuid.UUID(attempt), items) for cookie, token, path, attempt, items in said]


def check(school: School, pupils: list[Pupil]) -> None:
    """Whatever was shown as saved by now stands in the database, once, at its question."""
    shown = {answer: (one.attempt, uuid.UUID(item)) for one in pupils for answer, item in list(one.saved.items())}
    found = rows(
        school,
        select(Answer.id, Answer.attempt_id, Answer.item_id).where(
            Answer.attempt_id.in_([one.attempt for one in pupils])
        ),
    )
    kept = {answer: (attempt, item) for answer, attempt, item in found}
    assert len(kept) == len(found)
    lost = {answer: where for answer, where in shown.items() if kept.get(answer) != where}
    assert lost == {}
    # One answer a question: what was sent twice is one fact.
    assert len(set(kept.values())) == len(kept)
