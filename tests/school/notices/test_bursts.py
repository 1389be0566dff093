"""Which lines a list has: alike news close in time are one, and the new ones add up to the number in the frame."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from school.notices.bursts import bursts
from school.notices.seen import SeenNotice

NOON = datetime.fromisoformat("2026-11-25T12:00+03:00")


def made(n: int, spoken: str) -> SeenNotice:
    """«a 0» and «a 12 seen»: what it is like, minutes before noon, whether it was seen."""
    like, ago, *seen = spoken.split()
    at = NOON - timedelta(minutes=int(ago))
    return SeenNotice(1, UUID(int=n), like, None, None, {}, False, at, NOON if seen else None)


@pytest.mark.parametrize(
    ("news", "lines"),
    [
        (["a 0", "a 10", "a 40"], [[0, 1, 2]]),
        (["a 0", "a 31"], [[0], [1]]),
        (["a 0", "b 5", "a 10", "b 12"], [[0, 2], [1, 3]]),
        (["a 0", "a 5 seen", "a 10"], [[0, 2], [1]]),
        ([f"a {ago}" for ago in (0, 29, 58, 87, 116, 145)], [[0, 1, 2, 3, 4], [5]]),
        ([], []),
    ],
)
def test_alike_news_close_in_time_are_one_line(news: list[str], lines: list[list[int]]) -> None:
    given = [made(n, spoken) for n, spoken in enumerate(news)]
    found = bursts(given, lambda one: one.kind)
    assert [[one.id.int for one in line.notices] for line in found] == lines
    assert sum(line.unseen for line in found) == sum(one.seen_at is None for one in given)
