"""Ten thousand receipts by the stranger's program: all accepted, and none of them with one bit changed."""

import random
import uuid
from datetime import date, timedelta
from types import ModuleType

from flask import Flask

from school.core.records import merkle
from school.core.records.canonical import canonical
from school.core.records.keys import signing_key
from school.core.records.statements import as_bytes, city_day, school_day
from tests.school.core.records.test_receipts import verifier

DAYS, A_DAY = 100, 100
__all__ = ["verifier"]


def receipts_of(day: date, number: int, chance: random.Random) -> list[bytes]:
    """All receipts of a day of two schools, as the record makes them."""
    key = signing_key()
    first = number * A_DAY + 1
    events = [
        {
            "school": 1,
            "position": first + n,
            "id": uuid.UUID(int=chance.getrandbits(128)),
            "kind": "mark.set",
            "thing": uuid.UUID(int=chance.getrandbits(128)),
            "pupil": uuid.UUID(int=chance.getrandbits(128)),
            "at": f"{day}T05:30:00.000000Z",
            "account": uuid.UUID(int=chance.getrandbits(128)),
            "member": None,
            "on_behalf_of": None,
            "payload": '{"new":{"code":null,"value":5},"old":{"code":null,"value":null},"version":1}',
        }
        for n in range(A_DAY)
    ]
    leaves = [merkle.leaf_hash(as_bytes(one)) for one in events]
    root = merkle.root(leaves)
    ours, theirs = (
        school_day(school=n, day=day, first=first, last=first + A_DAY - 1, root=root, chain=root) for n in (1, 2)
    )
    city_leaves = [merkle.leaf_hash(as_bytes(one)) for one in (ours, theirs)]
    signed = city_day(day=day, schools=2, root=merkle.root(city_leaves), previous=bytes(32), key=key.id)
    rest = {
        "receipt": 1,
        "school": ours,
        "city": signed,
        "city_index": 0,
        "city_path": [step.hex() for step in merkle.inclusion_path(0, city_leaves)],
        "public_key": key.public.hex(),
        "signature": key.sign(as_bytes(signed)).hex(),
    }
    return [
        canonical({**rest, "event": one, "path": [step.hex() for step in merkle.inclusion_path(n, leaves)]}).encode()
        for n, one in enumerate(events)
    ]


def test_ten_thousand_are_accepted_and_ten_thousand_changed_bits_refused(app: Flask, verifier: ModuleType) -> None:
    chance = random.Random(10_000)
    public = signing_key().public
    accepted = refused = 0
    for number in range(DAYS):
        for data in receipts_of(date(2026, 9, 1) + timedelta(days=number), number, chance):
            verifier.check(data, public)
            accepted += 1
            changed = bytearray(data)
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            try:
                verifier.check(bytes(changed), public)
            except verifier.Rejected:
                refused += 1
    assert (accepted, refused) == (DAYS * A_DAY, DAYS * A_DAY)
