"""The quiet window, told by tables: what a family sees, and which changes it ever saw."""

from datetime import UTC, datetime, timedelta

import pytest

from school.gradebook.release import EMPTY, Sign, Step, family_sees, seen_changes, seen_since, still_seen

NOON = datetime(2026, 11, 24, 9, tzinfo=UTC)
QUIET = timedelta(minutes=10)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def steps(*changes: tuple[int, int | None]) -> list[Step]:
    return [Step(Sign(value), at(minute), at(minute) + QUIET) for minute, value in changes]


HISTORIES = [
    # steps as (minute, value), asked at -> what the family saw become what
    ([(0, 5)], 5, []),
    ([(0, 5)], 10, [(None, 5)]),
    ([(0, 2), (3, 5)], 60, [(None, 5)]),
    ([(0, 2), (30, 5)], 35, [(None, 2)]),
    ([(0, 2), (30, 5)], 60, [(None, 2), (2, 5)]),
    ([(0, 4), (30, 5), (32, 4)], 60, [(None, 4)]),
    ([(0, 4), (30, None)], 60, [(None, 4), (4, None)]),
    ([(0, 4), (3, None)], 60, []),
    ([], 60, []),
]


@pytest.mark.parametrize(("changes", "now", "seen"), HISTORIES)
def test_what_a_family_saw(
    changes: list[tuple[int, int | None]], now: int, seen: list[tuple[int | None, int | None]]
) -> None:
    assert [(one.old.value, one.new.value) for one in seen_changes(steps(*changes), at(now))] == seen


@pytest.mark.parametrize(("minute", "sees"), [(0, 4), (9, 4), (10, 5), (60, 5)])
def test_a_change_is_seen_when_its_window_is_over(minute: int, sees: int) -> None:
    assert family_sees(Sign(5), Sign(4), at(0) + QUIET, at(minute)).value == sees


def test_what_was_out_stays_in_sight_while_it_changes() -> None:
    assert still_seen(Sign(4), EMPTY, at(10), at(10)) == Sign(4)
    assert still_seen(Sign(4), EMPTY, at(10), at(9)) == EMPTY
    assert still_seen(Sign(4), Sign(3), at(10), at(9)) == Sign(3)
    assert still_seen(EMPTY, EMPTY, None, at(0)) == EMPTY


@pytest.mark.parametrize(
    ("changes", "now", "since"),
    [
        ([(0, 5)], 5, None),
        ([(0, 5)], 10, 10),
        ([(0, 2), (3, 5)], 60, 13),
        ([(0, 5), (30, 2)], 35, 10),
        ([(0, 5), (30, 2)], 60, 40),
        ([(0, 5), (30, 2), (32, 5)], 60, 10),
        ([(0, 5), (30, 2), (32, 5), (90, 4)], 95, 10),
        ([(0, 5), (30, 2), (32, 5), (90, 4)], 100, 100),
        ([(0, 5), (30, None), (60, 5)], 80, 70),
    ],
)
def test_since_when_a_mark_is_seen(changes: list[tuple[int, int | None]], now: int, since: int | None) -> None:
    """Kept as a mark keeps it, change by change; the steps of the whole story say the same."""
    current, released, released_at, kept = EMPTY, EMPTY, None, None
    for minute, value in changes:
        if released_at is not None:
            kept = seen_since(current, released, released_at, kept, at(minute))
        released = still_seen(current, released, released_at, at(minute))
        current, released_at = Sign(value), at(minute) + QUIET
    assert released_at is not None
    assert seen_since(current, released, released_at, kept, at(now)) == (None if since is None else at(since))
    seen = seen_changes(steps(*changes), at(now))
    assert (since is None) == (not seen)
    if seen and since is not None:
        assert seen[-1].at + QUIET == at(since)


def test_a_sign_in_words() -> None:
    assert [Sign(4).text, Sign(None, "н/а").text, EMPTY.text] == ["4", "н/а", ""]
    assert Sign(4, None, "а").same_mark(Sign(4, None, "б"))
    assert not Sign(4).same_mark(Sign(5))
