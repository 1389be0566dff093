"""Which steps lead to a goal, by examples: what holds is left out, what is weak comes first, what is unknown is looked at."""

import uuid
from datetime import date

import pytest

from school.mastery.estimate.standing import Standing, TopicEstimate
from school.mastery.queries import NamedTopic, Seen
from school.tracks.models import StepKind
from school.tracks.proposing import MOST_STEPS, Ground, Reading, Step, around_pins, days_between, propose

GOAL, NEED, DEEP, DUMB = 1, 2, 3, 4
NAMED = {one: NamedTopic(one, f"т{one}", 1, 7, one) for one in range(1, 30)}
READING = Reading(uuid.UUID(int=7), "параграф")


def seen(standing: Standing, chance: float = 0.5, n: int = 4, says: bool | None = None) -> Seen:
    return Seen(TopicEstimate(standing, chance, n, 2, 0.0, 0.0, 1.0), says)


def ground(**more: object) -> Ground:
    needs = {GOAL: (NEED,), NEED: (DEEP,), DEEP: ()}
    return Ground(**{"goal": (GOAL,), "needs": needs, "named": NAMED, "readings": {GOAL: READING}, "asked": frozenset({GOAL, NEED, DEEP}), **more})  # type: ignore[arg-type] # fmt: skip


HOLDS, WEAK, FADES = seen(Standing.FIRM, 0.9), seen(Standing.LEARNING, 0.3), seen(Standing.FADING, 0.5)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ["task 2 unsure", "unit 1 goal", "task 1 goal", "test 1 goal"]),
        ({GOAL: HOLDS}, []),
        ({GOAL: HOLDS, NEED: WEAK}, []),
        ({NEED: HOLDS}, ["unit 1 goal", "task 1 goal", "test 1 goal"]),
        ({NEED: WEAK, DEEP: HOLDS}, ["task 2 need", "unit 1 goal", "task 1 goal", "test 1 goal"]),
        ({NEED: WEAK, DEEP: WEAK}, ["task 3 need", "task 2 need", "unit 1 goal", "task 1 goal", "test 1 goal"]),
        ({NEED: FADES}, ["task 2 fading", "unit 1 goal", "task 1 goal", "test 1 goal"]),
        ({NEED: HOLDS, GOAL: FADES}, ["task 1 fading", "test 1 goal"]),
        ({NEED: HOLDS, GOAL: seen(Standing.LEARNING, 0.7)}, ["task 1 goal", "test 1 goal"]),
        ({NEED: seen(Standing.LEARNING, says=True)}, ["unit 1 goal", "task 1 goal", "test 1 goal"]),
    ],
)
def test_steps(known: dict[int, Seen], expected: list[str]) -> None:
    assert [f"{one.kind} {one.topic_id} {one.why}" for one in propose(ground(), known)] == expected


def test_a_topic_without_questions_is_seen_through() -> None:
    found = propose(ground(asked=frozenset({GOAL, DEEP})), {})
    assert [(one.topic_id, one.for_topic) for one in found if one.why == "unsure"] == [(DEEP, "т1")]


def test_missed_lessons_are_practised_even_if_the_topic_held() -> None:
    assert [one.why for one in propose(ground(), {GOAL: HOLDS, NEED: HOLDS}, {GOAL})] == ["missed", "goal"]


def test_many_very_weak_topics_ask_for_an_hour_with_the_teacher() -> None:
    wide = ground(needs={GOAL: (5, 6, 7)}, asked=frozenset({GOAL, 5, 6, 7}))
    weak = {one: seen(Standing.LEARNING, 0.2, 5) for one in (5, 6, 7)}
    assert propose(wide, weak)[0].kind is StepKind.EXTRA


def test_a_track_can_be_looked_through() -> None:
    wide = ground(needs={GOAL: tuple(range(5, 25))}, asked=frozenset(range(1, 25)))
    weak = dict.fromkeys(range(5, 15), WEAK)
    steps = propose(wide, weak)
    assert len(steps) <= MOST_STEPS + 2
    assert "unsure" not in {one.why for one in steps}


def test_pins_stay_where_they_are() -> None:
    a, b, c, d = (Step(StepKind.TASK, one, str(one), "goal") for one in (1, 2, 3, 4))
    assert around_pins([a, b, c], {2: d}) == [a, d, b, c]
    assert around_pins([a, b], {1: b}) == [b, a]
    assert around_pins([], {3: d}) == [d]
    assert around_pins([a], {5: d, 2: c}) == [a, c, d]


def test_days_are_spread_to_the_last() -> None:
    today = date(2026, 11, 24)
    assert days_between(4, today, date(2026, 12, 22)) == [date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 22)]  # fmt: skip
    assert days_between(0, today, today) == []
