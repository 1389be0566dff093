from datetime import date

import pytest

from school.roster.formats.tables import read_table
from school.roster.formats.values import (
    DayOrder,
    NotADayError,
    read_day,
    read_flag,
    read_list,
    read_standing,
    read_year_levels,
)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("", None),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026/9/1", date(2026, 9, 1)),
        ("20260901", date(2026, 9, 1)),
        ("01.09.2026", date(2026, 9, 1)),
        ("1.9.2026", date(2026, 9, 1)),
        ("31/05/2027", date(2027, 5, 31)),
        ("05/31/2027", date(2027, 5, 31)),
        ("05/05/2023", date(2023, 5, 5)),
        ("2017-05-06 08:01:05", date(2017, 5, 6)),
        ("2026-09-01T00:00:00", date(2026, 9, 1)),
        ("2023-05-01T18:25:43.511Z", date(2023, 5, 1)),
        ("2023-05-01T22:25:43Z", date(2023, 5, 2)),
        ("2023-05-01T22:25:43+03:00", date(2023, 5, 1)),
        ("2026-09-01-00-00-00", date(2026, 9, 1)),
        ("5/31/2023 4:15 PM", date(2023, 5, 31)),
        ("1788210000", date(2026, 9, 1)),
    ],
)
def test_days_in_many_hands(cell: str, day: date | None) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize("cell", ["1/05/2023", "вчера", "2026-13-01", "31.04.2026", "01-02-03", "0026-01-01", "1/5/23"])
def test_what_is_no_single_day(cell: str) -> None:
    with pytest.raises(NotADayError):
        read_day(cell)


def test_the_order_is_learnt_only_without_doubt() -> None:
    assert read_day("1/05/2023", DayOrder.learnt_from(["1/05/2023", "31/05/2023"])) == date(2023, 5, 1)
    assert read_day("1/05/2023", DayOrder.learnt_from(["5/31/2023", "1.05.2023"])) == date(2023, 1, 5)
    assert DayOrder.learnt_from(["31/05/2023", "5/31/2023"]) == DayOrder()


def test_small_cells() -> None:
    assert (read_flag("TRUE", False), read_flag("нет", True), read_flag("", True), read_flag("?", False)) == (
        True,
        False,
        True,
        False,
    )
    assert read_list(" a, b;'c',,a") == ("a", "b", "c")
    assert read_year_levels("09,10,11") == (9, 10, 11)
    assert read_year_levels("12") == ()
    assert read_year_levels("KG") == ()
    assert (read_standing(""), read_standing("Active"), read_standing("to_be_deleted"), read_standing("x")) == (
        True,
        True,
        False,
        None,
    )


@pytest.mark.parametrize(
    "content",
    [
        "а,б\n1,2\n".encode(),
        "\ufeffа,б\r\n1,2\r\n".encode(),
        "а;б\n1;2".encode("cp1251"),
        "а\tб\n1\t2".encode("utf-16"),
        "sep=;\nа;б\n1;2".encode(),
        '"а","б"\n"1","2"\n'.encode(),
        "а, б\n1, 2\n".encode(),
    ],
)
def test_encodings_and_separators(content: bytes) -> None:
    table = read_table("x.csv", content)
    assert table.header == ("а", "б")
    assert [cells for _, cells in table.lines] == [("1", "2")]
    assert table.bad_rows == ()


def test_lines_are_counted_through_blank_ones_and_quoted_breaks() -> None:
    table = read_table("x.csv", b'a,b\n\n1,"two\nlines"\n,,\n3,4\n"x"y,5\n6,7\n')
    assert [line for line, _ in table.lines] == [3, 6, 8]
    assert [(row.place.line, str(row.reason)) for row in table.bad_rows] == [
        (7, "There is a quotation mark in the middle of a cell.")
    ]


def test_a_damaged_utf8_file_is_not_taken_for_windows() -> None:
    content = "имя\nАлёна Воробьёва\n".encode() + b"\xff\xfe\n"
    table = read_table("x.csv", content)
    assert table.lines[0][1] == ("Алёна Воробьёва",)
    assert len(table.bad_rows) == 1


def test_a_monstrous_cell_is_refused() -> None:
    assert "longer than" in str(read_table("x.csv", b"a\n" + b"x" * 30_000).bad_rows[0].reason)
    assert "can't be read as CSV" in str(read_table("x.csv", b"a\n" + b"x" * 1_100_000).bad_rows[0].reason)
