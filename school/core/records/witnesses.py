"""Holding the record against what was given out before: published roots, and receipts of families.

A forger with the signing key can rewrite everything inside the database so that it agrees with itself. What lies outside stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from school.core.records.canonical import canonical, plain
from school.core.records.closing import Reading, city_day_of
from school.core.records.keys import is_signed_by
from school.core.records.receipts import Receipt, why_broken
from school.core.records.tables import city_root
from school.core.records.verifying_school import Problem

Published = Mapping[str, Any]
"""``{"statement": …, "signature": …}``, as in the list of published roots."""


def hold_against(
    reading: Reading, roots: Sequence[Published], receipts: Sequence[Receipt], keys: Mapping[str, bytes]
) -> Iterator[Problem]:
    """What the record no longer says: the first day that differs from a published root, and the place of each broken receipt.

    A root whose own signature is wrong witnesses nothing, and is named as such.
    """
    yield from _against_roots(reading, roots, keys)
    for receipt in receipts:
        if (words := why_broken(reading, receipt)) is not None:
            facts = receipt["event"]
            where = {"position": facts["position"], "event_id": str(facts["id"]), "school_id": facts["school"]}
            yield Problem("receipt", words, **where)


def _against_roots(reading: Reading, roots: Sequence[Published], keys: Mapping[str, bytes]) -> Iterator[Problem]:
    here = {row.on_date: plain(city_day_of(row)) for row in reading.execute(select(city_root))}
    for one in sorted(roots, key=lambda root: root["statement"]["date"]):
        statement = one["statement"]
        day = statement["date"]
        public = keys.get(statement["key"])
        signature = bytes.fromhex(one["signature"])
        if public is None or not is_signed_by(public, signature, canonical(statement).encode()):
            yield Problem("witness", f"the root given for {day} is not signed by a trusted key", day=day)
            continue
        found = here.get(date.fromisoformat(day))
        if found is None:
            yield Problem("root", f"the city's day {day} was published and is gone", day=day)
        elif found != statement:
            yield Problem("root", f"the city's day {day} is not the one that was published", day=day)
            return  # each later day is tied to this one: they differ too, and say nothing new
