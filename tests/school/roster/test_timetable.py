import pytest

from school.roster.timetable import ClashKind, Timetable, clashes, read_timetable
from school.roster.titles import class_parts, same

HEAD = "класс;день;урок;предмет;группа;учитель;кабинет\n"


def read(*rows: str, head: str = HEAD) -> Timetable:
    return read_timetable("неделя.csv", (head + "\n".join(rows)).encode())


def test_a_week_in_russian() -> None:
    timetable = read(
        "7Б;пн;1;Алгебра;;Петрова О. С.;204",
        "7 «Б»;Вторник;2.;Английский  язык;англ. 1;Смирнова А. И.;310",
        "10А, 10Б;5;0;Физика;проф.;;—",
        "7Б;ср;3;-;;;",
    )
    assert timetable.bad_rows == ()
    first, second, third = timetable.rows
    assert (first.classes, first.weekday, first.slot, first.subject) == (("7Б",), 1, 1, "Алгебра")
    assert (second.weekday, second.slot, second.subject, second.group) == (2, 2, "Английский язык", "англ. 1")
    assert (third.classes, third.weekday, third.slot, third.teacher, third.room) == (("10А", "10Б"), 5, 0, "", "")


def test_a_week_in_english_and_with_commas() -> None:
    timetable = read("204,Physics,Mon,1,7B", head="Room,Subject,Weekday,Slot,Class\n")
    assert (timetable.rows[0].classes, timetable.rows[0].room) == (("7B",), "204")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";пн;1;Алгебра;;;", "class is empty."),
        ("7Б;;1;Алгебра;;;", "weekday is empty."),
        ("7Б;пн;;Алгебра;;;", "slot is empty."),
        ("7Б;пн;1;;;;", "subject is empty."),
        ("7Б;завтра;1;Алгебра;;;", "“завтра” is not a day of the week."),
        ("7Б;8;1;Алгебра;;;", "“8” is not a day of the week."),
        ("7Б;пн;первый;Алгебра;;;", "“первый” is not a lesson number"),
        ("7Б;пн;15;Алгебра;;;", "“15” is not a lesson number"),
        ("7-б;пн;4;физика;;;", "Line 2 already has this lesson."),
        ("10А, 10Б;пн;1;Физика;;;", "A lesson for several classes needs a group name."),
    ],
)
def test_bad_rows(row: str, reason: str) -> None:
    timetable = read("7Б;пн;4;Физика;;;", row)
    (bad,) = timetable.bad_rows
    assert bad.as_json()["file"] == "неделя.csv"
    assert bad.place.line == 3
    assert reason in str(bad.reason)
    assert len(timetable.rows) == 1


def test_a_file_without_a_needed_column() -> None:
    assert str(read(head="класс;предмет\n").bad_rows[0].reason).startswith("There is no column weekday, slot")


def test_nobody_is_in_two_places() -> None:
    timetable = read(
        "5А;пн;1;История;;Белова Н. П.;302",
        "5Б;пн;1;История;;Белова Н.П.;303",
        "6А;пн;2;ИЗО;;Носов А. А.;113",
        "6Б;пн;2;Технология;;Чуб В. В.;113",
        "7А;пн;3;Алгебра;;;",
        "7А;пн;3;Геометрия;;;",
        "7Б;пн;3;Английский язык;1;;",
        "7Б;пн;3;Английский язык;2;;",
        "7В;пн;3;Физика;;;",
        "7В;пн;3;Английский язык;1;;",
        "8А;пн;3;Труд;1;;",
        "8А;пн;3;Химия;1;;",
        "5А;вт;1;История;;Белова Н. П.;302",
    )
    assert timetable.bad_rows == ()
    found = [(clash.kind, clash.name, clash.weekday, clash.slot) for clash in clashes(timetable.rows)]
    assert found == [
        (ClashKind.TEACHER, "Белова Н. П.", 1, 1),
        (ClashKind.ROOM, "113", 1, 2),
        (ClashKind.CLASS, "7А", 1, 3),
        (ClashKind.CLASS, "7В", 1, 3),
        (ClashKind.CLASS, "8А", 1, 3),
    ]


def test_a_cross_group_clashes_with_each_of_its_classes() -> None:
    timetable = read("10А, 10Б;пн;1;Физика;проф.;;", "10Б;пн;1;Химия;;;", "10А;пн;1;Право;гум.;;")
    assert [clash.name for clash in clashes(timetable.rows)] == ["10Б"]


@pytest.mark.parametrize(
    ("title", "parts"),
    [("7 «Б»", (7, "Б")), ("10-а", (10, "А")), ("11В инж", (11, "В")), ("5B", (5, "B")), ("12А", None), ("7", None),
     ("Шахматы", None), ("7 классы", None)],
)  # fmt: skip
def test_names_of_classes(title: str, parts: tuple[int, str] | None) -> None:
    assert class_parts(title) == parts


def test_latin_twins_are_the_same_class() -> None:
    assert same("5A") == same("5 «а»")
