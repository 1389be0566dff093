"""A week in iCalendar, RFC 5545: lessons with their hours and rooms, and nothing of how anybody does in them. Pure."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

WIDEST = 75
"""Octets of a line; longer ones are folded."""


@dataclass(frozen=True, slots=True)
class Event:
    """One lesson."""

    id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    words: str = ""
    is_off: bool = False


def calendar(name: str, events: Iterable[Event], now: datetime) -> str:
    """The whole file. Readers ask again every hour at most; a cancelled lesson stays, said to be cancelled."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Moscow Online School//Timetable//RU",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *(line for event in events for line in _event(event, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@lesson"
    yield f"DTSTAMP:{_moment(now)}"
    yield f"DTSTART:{_moment(event.starts_at)}"
    yield f"DTEND:{_moment(event.ends_at)}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.words:
        yield f"DESCRIPTION:{_text(event.words)}"
    yield f"STATUS:{'CANCELLED' if event.is_off else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, never through a letter; all but the first begin with a space."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > WIDEST:
            yield piece
            piece = " "
        piece += letter
    yield piece
