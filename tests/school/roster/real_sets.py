"""Files that other people's programs wrote, in the folder that FOREIGN_FILES names; they are no part of the project."""

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

DATA = Path(os.environ.get("FOREIGN_FILES", "nowhere"))
ROSTERS = DATA / "2-rosters"
WEEK = DATA / "6-russian" / "timetable-ru" / "raspisanie_mon_tue.json"

needs_rosters = pytest.mark.skipif(not ROSTERS.is_dir(), reason="FOREIGN_FILES names no folder with 2-rosters")
needs_week = pytest.mark.skipif(not WEEK.is_file(), reason="FOREIGN_FILES names no folder with 6-russian/timetable-ru")


def week_as_csv() -> bytes:
    """The real week in our columns; «Предмет (211/209)» becomes a row for each part of the class."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["класс", "день", "урок", "предмет", "группа", "кабинет"])
    for day in json.loads(WEEK.read_text(encoding="utf-8")):
        for slot, lesson in enumerate(day["lessons"], start=1):
            found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", lesson)
            subjects = (found[1] if found else lesson).split("/")
            rooms = found[2].split("/") if found and found[2] != "с/з" else [found[2] if found else ""]
            parts = max(len(subjects), len(rooms))
            for number in range(parts):
                writer.writerow(
                    [
                        day["class"],
                        day["day"],
                        slot,
                        subjects[min(number, len(subjects) - 1)],
                        number + 1 if parts > 1 else "",
                        rooms[min(number, len(rooms) - 1)],
                    ]
                )
    return text.getvalue().encode()
