"""Hours of a page: those after which day, which is ticked at first, and who is not free at each."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from flask import request

from school.core import clock
from school.extra.times import Hour


def asked_after() -> date:
    """Hours are looked for after this day; the form sends it back with the hours it showed."""
    try:
        return max(clock.today(), date.fromisoformat(request.args.get("after", "")))
    except ValueError:
        return clock.today()


def best_of(hours: Sequence[Hour]) -> str:
    """The key of the hour at which the fewest are not free, the earliest of them; empty without hours."""
    return min(hours, key=lambda one: (len(one.cannot), one.starts_at)).key if hours else ""


def not_free(hours: Sequence[Hour], names: Mapping[uuid.UUID, str]) -> dict[str, str]:
    """Names of those who are not free, by hour."""
    return {one.key: ", ".join(names[pupil] for pupil in one.cannot) for one in hours}
