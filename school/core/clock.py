"""The only reader of the clock. Moments are stored in UTC and shown in Moscow time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")

_ahead = timedelta(0)

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC) + _ahead


def run_from(moment: datetime | None) -> None:
    """Let this process's clock run on from ``moment`` (the setting ``CLOCK``: rehearsals and journeys); None for the real time."""
    global _ahead  # noqa: PLW0603 - one clock a process is the point
    _ahead = timedelta(0) if moment is None else moment - datetime.now(UTC)


def today() -> date:
    """This day in Moscow: between 21:00 and 24:00 UTC it is already tomorrow's."""
    return now().astimezone(MOSCOW).date()


def moscow(day: date, at: time) -> datetime:
    """The UTC moment of a wall-clock time in Moscow."""
    return datetime.combine(day, at, MOSCOW).astimezone(UTC)


def from_local(moment: datetime | None) -> datetime | None:
    """What a form of this site calls a moment, Moscow time without saying so, as a moment."""
    return None if moment is None else moment.replace(tzinfo=MOSCOW).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a Moscow clock."""
    return moment.astimezone(MOSCOW)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop the clock of this context at ``moment`` (deterministic demo data and tests)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
