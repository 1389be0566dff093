"""Which seconds of a film were watched, in one short text."""

import pytest

from school.library.stretches import MOST, joined, read, seconds_of, write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("0-35,60-92", [(0, 35), (60, 92)]),
        ("60-92,0-35", [(0, 35), (60, 92)]),
        ("0-10,5-20,22-30", [(0, 30)]),
        ("0-10,13-20", [(0, 10), (13, 20)]),
        ("0-30,5-7", [(0, 30)]),
        ("7-7,9-3,a-b,-5,5-,1-99999999", []),
        ("<script>,0-5", [(0, 5)]),
    ],
)
def test_reads_whatever_browsers_say(text: str, expected: list[tuple[int, int]]) -> None:
    assert read(text) == expected
    assert read(write(read(text))) == expected


def test_nothing_is_past_the_end() -> None:
    assert joined([(0, 5), (8, 30), (40, 50)], length=20) == [(0, 5), (8, 20)]


def test_who_jumps_about_keeps_a_short_row() -> None:
    jumpy = [(n * 10, n * 10 + 3) for n in range(300)]
    kept = joined(jumpy)
    assert len(kept) == MOST and kept[0][0] == 0 and kept[-1][1] == 2993
    assert len(write(kept)) < 1200
    assert seconds_of(kept) >= 900
