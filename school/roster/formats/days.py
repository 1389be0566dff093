"""A week as a JSON list of days, one object a class and day, as some schools' programs publish it:

    [{"class": "5а", "day": "Понедельник", "lessons": ["Математика (211)", "Английский язык (103/300)", "-"]}]

It becomes the rows of a timetable file. A slash parts a class: «(103/300)» are two groups of one subject in two rooms,
«Английский язык/Информатика (104/210)» two subjects side by side. Pure.
"""

import csv
import io
import json
import re
from typing import Any

from school.roster.formats.records import UnreadableError
from school.roster.said import say

HEAD = ("class", "weekday", "slot", "subject", "group", "room")
GYM = "с/з"
"""A room, not two."""


def is_days(content: bytes) -> bool:
    """Whether a file is such a list: no CSV file begins with a bracket and a brace."""
    start = content[:200].decode("utf-8-sig", "replace").lstrip()
    return start.startswith("[") and start[1:].lstrip().startswith(("{", "]"))


def as_csv(file: str, content: bytes) -> bytes:
    """The rows of the list; raises ``UnreadableError`` for what is no JSON or no list of days."""
    try:
        days = json.loads(content.decode("utf-8-sig"))
        rows = [row for day in days for row in _rows(day)]
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise UnreadableError(file, say("This is no list of days with “class”, “day” and “lessons”.")) from problem
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEAD)
    writer.writerows(rows)
    return text.getvalue().encode()


def _rows(day: dict[str, Any]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for slot, lesson in enumerate(day["lessons"], start=1):
        found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", lesson.strip())
        name, room = (found[1], found[2]) if found else (lesson, "")
        subjects = name.split("/")
        rooms = [room] if room.casefold() == GYM else room.split("/")
        parts = max(len(subjects), len(rooms))
        for n in range(parts):
            group = str(n + 1) if parts > 1 else ""
            rows.append(
                (
                    day["class"],
                    day["day"],
                    slot,
                    subjects[min(n, len(subjects) - 1)].strip(),
                    group,
                    rooms[min(n, len(rooms) - 1)].strip(),
                )
            )
    return rows
