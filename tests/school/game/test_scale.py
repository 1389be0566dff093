"""Points are for what was found out: tables of examples, and properties that keep farming from paying."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.game.scale import AGAIN, MOST_A_DAY, REVIEW, SLOWLY, Day, Feat, Given, Why, information, points_for, reckon

DAY = 86_400.0
START = datetime(2026, 9, 7, 9, tzinfo=UTC).timestamp()


def day_of(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()


def told(day: float, item: int = 0, topic: int = 1, *, right: bool = True, chance: float = 0.5, guess: float = 0.0, n: int = 0) -> Given:  # fmt: skip
    number = hash((day, item, topic, right, chance, n)) & (1 << 120) - 1
    return Given(uuid.UUID(int=number), uuid.UUID(int=item), (topic,), right, START + day * DAY, chance, guess)


@pytest.mark.parametrize(
    ("chance", "guess", "expected"),
    [
        (0.5, 0.0, 1.0),
        (0.75, 0.0, 0.75),
        (0.25, 0.0, 0.75),
        (0.9, 0.0, 0.36),
        (0.96, 0.0, 0.0),  # far too easy
        (0.25, 0.25, 0.0),  # blind guessing tells nothing
        (0.2, 0.25, 0.0),
        (0.6, 0.25, 0.58),
        (1.0, 0.0, 0.0),
        (0.0, 0.0, 0.0),
    ],
)
def test_what_an_answer_tells(chance: float, guess: float, expected: float) -> None:
    assert information(chance, guess) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([told(0)], [1.0]),
        ([told(0, right=False)], [0.5]),  # an error costs nothing, and trying is worth something
        ([told(0, right=False, chance=0.3)], [0.42]),
        ([told(0), told(0.1)], [1.0, 0.0]),  # the same question the same day
        ([told(0), told(3.5)], [1.0, 0.0]),  # the same question again soon, due as its topic is
        ([told(0), told(8, chance=0.9)], [1.0, REVIEW]),  # a review that was due
        ([told(0), told(8, item=2, chance=0.9)], [1.0, REVIEW]),
        ([told(0), told(8, item=2, chance=0.97)], [1.0, 0.0]),
        ([told(0), told(1, item=2, chance=0.9)], [1.0, 0.36]),  # too early for a review
        ([told(0), told(0.1, item=2), told(0.2, item=3)], [1.0, 0.5, 1 / 3]),  # bulk on one topic
        ([told(0), told(0.1, item=2, topic=2)], [1.0, 1.0]),
        ([told(0), told(8, item=2, chance=0.9, right=False)], [1.0, 0.18]),  # due, but not kept
        ([told(0), told(0.1, item=2, right=False)], [1.0, 0.5]),  # errors stand in a row of their own
    ],
)
def test_answers_after_one_another(answers: list[Given], expected: list[float]) -> None:
    found = reckon(answers, day_of)
    by_order = sorted((found.answers[one.answer_id].told for one in answers), reverse=True)
    assert by_order == pytest.approx(sorted(expected, reverse=True), abs=0.01)


def test_a_day_grows_ever_more_slowly() -> None:
    assert [points_for(steps) for steps in (0, 1, 5, 8, 20, 60, 1000)] == [0, 12, 46, 63, 92, 100, 100]


def test_what_an_attempt_gained() -> None:
    answers = [told(0, item=n, topic=n) for n in range(6)]
    found = reckon(answers, day_of)
    assert found.points == points_for(6)
    assert found.gained([one.answer_id for one in answers]) == found.points
    assert found.gained([answers[0].answer_id]) == points_for(6) - points_for(5)
    assert found.gained([uuid.UUID(int=1)]) == 0


@pytest.mark.parametrize(
    ("answers", "feats"),
    [
        ([told(0), told(15, item=2, chance=0.9)], {Feat.BACK}),
        ([told(0), told(15, item=2, right=False)], set()),
        ([told(0), told(13, item=2, chance=0.9)], set()),
        ([told(0, right=False), told(1, item=2)], {Feat.AGAIN}),
        ([told(0, right=False), told(0.1, item=2)], set()),  # the same day: it was just shown
        ([told(0, chance=0.3)], {Feat.BOLD}),
        ([told(0, chance=0.3, right=False)], set()),
        ([told(0, chance=0.3, guess=0.25)], set()),  # nearly a guess
    ],
)
def test_feats(answers: list[Given], feats: set[Feat]) -> None:
    assert {feat for feat, _topic in reckon(answers, day_of).feats} == feats


def test_answering_anything_at_all_is_no_way() -> None:
    """Twenty wrong answers are worth one step; beside right ones they count as trying."""
    wrong = [told(0, item=n, topic=n, right=False) for n in range(20)]
    found = reckon(wrong, day_of)
    assert found.points == points_for(1.0)
    assert found.gained([one.answer_id for one in wrong]) == found.points
    assert len(found.useful_days) == 1  # for a streak it is a day all the same
    right = [told(0.1, item=30 + n, topic=30 + n) for n in range(3)]
    assert reckon([*wrong, *right], day_of).points == points_for(3 + 4)


def test_why_is_said() -> None:
    answers = [told(0, chance=0.3), told(0, item=2, topic=2), told(9, item=3, chance=0.9), told(9, item=4, topic=4, chance=0.99)]  # fmt: skip
    found = reckon(answers, day_of)
    assert [found.answers[one.answer_id].why for one in answers] == [Why.HARD, Why.STEP, Why.REVIEW, Why.KNOWN]


FEW = st.builds(
    told,
    st.floats(0, 60),
    st.integers(0, 3),
    st.just(1),
    right=st.booleans(),
    chance=st.floats(0, 1),
    guess=st.sampled_from([0.0, 0.25]),
    n=st.integers(0, 1 << 30),
)


@settings(max_examples=60)
@given(st.lists(FEW, max_size=150))
def test_the_same_few_questions_pay_once_a_week_at_most(answers: list[Given]) -> None:
    """However often, in whatever order, right or wrong: four questions in sixty days."""
    found = reckon(answers, day_of)
    assert sum(day.told for day in found.days.values()) <= 4 * (1 + 60 * DAY / AGAIN)
    assert all(day.points <= MOST_A_DAY for day in found.days.values())


@given(st.lists(st.builds(told, st.floats(0, 0.4), st.integers(0, 10_000), st.integers(0, 50), chance=st.floats(0, 1)), max_size=150))  # fmt: skip
def test_a_day_has_an_end(answers: list[Given]) -> None:
    found = reckon(answers, day_of)
    assert found.points <= MOST_A_DAY
    assert len(found.days) <= 1


@settings(max_examples=50)
@given(st.lists(FEW, max_size=40), st.randoms(use_true_random=False))
def test_told_again_and_in_another_order_it_is_the_same(answers: list[Given], chance: object) -> None:
    shuffled = answers * 2
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reckon(shuffled, day_of) == reckon(answers, day_of)


@settings(max_examples=50)
@given(st.lists(FEW, max_size=40), FEW)
def test_an_error_never_takes_anything(answers: list[Given], one: Given) -> None:
    """One more at the end of the last day, on a topic of that day or another: its day is no lower, the others are as they were."""
    latest = max((of.at for of in answers), default=START) + 1
    last = replace(told(0, item=9, topic=one.topics[0] + one.item.int % 2, right=False, chance=one.chance), at=latest)
    before, after = reckon(answers, day_of), reckon([*answers, last], day_of)
    today = day_of(latest)
    assert {on: day for on, day in after.days.items() if on != today} == {on: day for on, day in before.days.items() if on != today}  # fmt: skip
    was = before.days.get(today, Day())
    assert after.days[today].told >= was.told - 1e-9
    assert (after.days[today].steps, after.days[today].won) >= (was.steps, was.won)


@given(st.permutations(range(8)))
def test_the_order_within_a_day_does_not_matter(order: list[int]) -> None:
    answers = [told(place * 0.01, item=n, topic=n // 2, chance=0.3 + n * 0.05) for place, n in enumerate(order)]
    assert sum(day.told for day in reckon(answers, day_of).days.values()) == pytest.approx(sum(information(0.3 + n * 0.05) for n in range(8)) - sum(min(information(0.3 + n * 0.05), information(0.35 + n * 0.05)) / 2 for n in range(0, 8, 2)), abs=1e-6)  # fmt: skip


def test_ten_minutes_are_nearly_half_a_day() -> None:
    assert 40 <= points_for(6 * 0.7) <= 50
    assert SLOWLY == 8.0
    assert timedelta(seconds=AGAIN).days == 7
