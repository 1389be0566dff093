"""The same tasks, seed and clock with other keys and reasons: until the finish nothing that leaves the server differs."""

import re
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import delete, update

from content_library import shelf
from content_library.models import Item
from school.core import clock
from school.core.database import db, new_id
from school.core.transactions import unit_of_work
from school.tasks.actions import start_attempt
from school.tasks.kinds import kind_of
from school.tasks.models import Answer, HintOpened
from tests.browsing import SchoolClient
from tests.factories import Make
from tests.school.tasks.kinds.samples import SAMPLES

ORDER = list(SAMPLES.values())
JSON = {"Accept": "application/json"}


def test_every_kind_says_the_same_with_another_key(app: Flask, make: Make, client: SchoolClient) -> None:
    course = make.course(pupils=1)
    (pupil,) = make.pupils_of(course)
    version = make.task(course.subject_id, [{"kind": one.kind, **one.spec} for one in ORDER])
    with unit_of_work():
        attempt = start_attempt(make.actor(pupil, "pupil"), version, pupil)
    school_id, attempt_id, seed, version_id = attempt.school_id, attempt.id, attempt.seed, version.id
    client.sign_in(make.account_of(pupil))
    url = f"/s/{school_id}/attempts/{attempt_id}"
    ids = [item.id for item in shelf.items_of(db.session(), version)]
    answers = [kind_of(one.kind).examples(one.spec, seed) for one in ORDER]

    def all_that_is_said() -> list[bytes]:
        said = []
        for item_id, examples in zip(ids, answers, strict=True):
            for number, form in enumerate((examples.right, examples.wrong, examples.unreadable), start=1):
                data: dict[str, Any] = {"number": number, "client_id": str(new_id()), **form}
                path = f"{url}/items/{item_id}/answers"
                said.append(_bytes(client.post(path, data=data, headers={"Accept": "application/json"})))
            said.append(_bytes(client.post(path, data=data | {"client_id": str(new_id()), "number": 9})))
            said += _beside_the_answer(client, f"{url}/items/{item_id}")
        said += [_bytes(client.get(f"{url}{tail}")) for tail in ("", "?item=2", "?item=end", "/files/" + "0" * 8)]
        return said

    with clock.stopped_at(datetime.now(UTC)):
        first = all_that_is_said()
        with unit_of_work():
            for of in (Answer, HintOpened):
                db.session.execute(delete(of).where(of.school_id == school_id, of.attempt_id == attempt_id))
            for item_id, sample in zip(ids, ORDER, strict=True):
                spec = {name: value for name, value in sample.spec.items() if name != "shares"}
                spec |= {"key": sample.other_key, "why": "Совсем другое объяснение."}
                if spec.get("credit") == "shares":
                    spec["shares"] = ["0"] * len(spec["options"])
                db.session.execute(update(Item).where(Item.id == item_id).values(spec=spec))
        db.session.expire_all()
        second = all_that_is_said()
        for place, (one, other) in enumerate(zip(first, second, strict=True)):
            assert one == other, f"answer {place} gives the key away"
        assert sum(b"200 OK" in one for one in first) > 2 * len(ORDER)

        client.post(f"{url}/finish")
        page = client.get(url).text
        assert page.count("Совсем другое объяснение.") == len(ORDER)
        for sample in ORDER:
            kind = kind_of(sample.kind)
            example = kind.parse(kind.examples(sample.spec, seed).right)
            assert kind.present(sample.spec, seed, example, kind.grade(sample.spec, seed, example)).right
    assert version_id


def _bytes(response: Any) -> bytes:
    """Without what differs between any two requests: the nonce and the form token."""
    head = f"{response.status} {response.location}".encode()
    body = re.sub(rb'nonce="[^"]+"|(name="csrf_token" value|name="csrf-token" content)="[^"]+"', b"", response.data)
    return head + body


def _beside_the_answer(client: SchoolClient, item: str) -> list[bytes]:
    """Hints in and out of turn, files, a judgement of one's own, and what no form of ours sends."""
    hints: list[dict[str, Any]] = [{"hint": number, "position": 1} for number in (2, 1, 1, 9)]
    said = [_bytes(client.post(f"{item}/hints", data=data, headers=JSON)) for data in hints]
    said += [_bytes(client.post(f"{item}/hints", data=data)) for data in hints]
    parts = ("file-links", "files", "judgement", "answers")
    return said + [_bytes(client.post(f"{item}/{part}", data={"incoming": "incoming/no"})) for part in parts]
