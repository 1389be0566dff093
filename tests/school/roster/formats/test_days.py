"""A week as a JSON list of days."""

import json

import pytest

from school.roster.formats.records import UnreadableError
from school.roster.timetable import ClashKind, clashes, read_timetable

WEEK = [
    {"class": "5а", "day": "Понедельник", "lessons": ["Математика (211)", "Английский язык (103/300)", "-"]},
    {
        "class": "5б",
        "day": "Понедельник",
        "lessons": ["История (211)", "Английский язык/Информатика (104/210)", "Физкультура (с/з)"],
    },
]


def test_a_list_of_days_is_a_timetable_with_its_clashes() -> None:
    timetable = read_timetable("week.json", json.dumps(WEEK, ensure_ascii=False).encode())
    assert timetable.bad_rows == ()
    assert [(*one.classes, one.slot, one.subject, one.group, one.room) for one in timetable.rows] == [
        ("5а", 1, "Математика", "", "211"),
        ("5а", 2, "Английский язык", "1", "103"),
        ("5а", 2, "Английский язык", "2", "300"),
        ("5б", 1, "История", "", "211"),
        ("5б", 2, "Английский язык", "1", "104"),
        ("5б", 2, "Информатика", "2", "210"),
        ("5б", 3, "Физкультура", "", "с/з"),
    ]
    [clash] = clashes(timetable.rows)
    assert (clash.kind, clash.name, clash.weekday, clash.slot) == (ClashKind.ROOM, "211", 1, 1)


@pytest.mark.parametrize("text", ['[{"class": "5а"}]', "[{", '[{"class": 1, "day": 2, "lessons": [3]}]'])
def test_another_list_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_timetable("week.json", text.encode())
