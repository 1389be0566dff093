"""What is unusual about a mark: who put it, when, and from where. Pure; the figures are the school's rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from school.core import clock


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule of watching."""

    from_hour: int = 6
    """Marks are usually put from this hour on, Moscow time…"""
    to_hour: int = 23
    """…until this one."""
    new_device_hours: int = 24
    """A browser kind that the account never used before is a new place for so many hours after its sign-in."""
    cover_days: int = 1
    """Who stood in for a lesson is expected for so many days after it."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Watch":
        """The rule of a row; what it does not say stays at the default."""
        return cls(**{one.name: int(data[one.name]) for one in fields(cls) if one.name in data})


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign-in."""

    device: str
    started_at: datetime


def oddities(at: datetime, *, is_expected: bool, entries: Sequence[Entry], rule: Watch) -> list[str]:
    """Of a mark put at ``at``: ``author`` (neither teaches the course nor stands in), ``hour``, ``place`` (a new device).

    The first device of an account is nobody's news.
    """
    found = [] if is_expected else ["author"]
    if not rule.from_hour <= clock.local(at).hour < rule.to_hour:
        found.append("hour")
    before = sorted((one for one in entries if one.started_at <= at), key=lambda one: one.started_at)
    if before:
        last = before[-1]
        known = {one.device for one in before if one.started_at < last.started_at}
        if known and last.device not in known and at - last.started_at < timedelta(hours=rule.new_device_hours):
            found.append("place")
    return found
