"""Sets of tasks: never the same item twice, a fitting mean when the items allow it, quick for a class."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from school.mastery.estimate.state import ItemLevel, PupilState, SkillLevel, SkillState
from school.mastery.estimate.variants import pick
from school.mastery.estimate.weights import DAY_0
from tests.cpu import within


def shelf(n: int, seed: int = 1) -> dict[object, ItemLevel]:
    rng, level = random.Random(seed), SkillLevel(n=200, wins=120)
    return {k: ItemLevel(("a",), (level,), d=rng.uniform(-3, 2), n=40, wins=25) for k in range(n)}


@settings(max_examples=40, deadline=None)
@given(theta=st.floats(-1, 1), count=st.integers(1, 8), n=st.integers(0, 30), taken=st.sets(st.integers(0, 29)))
def test_different_items_and_no_more_than_there_are(theta: float, count: int, n: int, taken: set[int]) -> None:
    pupil = PupilState(theta=theta, n=40, wins=20, skills={"a": SkillState(n=5, wins=3, at=0.0, stability=3.0)})
    picked = pick(DAY_0, pupil, shelf(n), count, 86_400.0, taken)
    assert len(picked) == min(count, n) == len({one.item for one in picked})
    free = n - len([one for one in taken if one < n])
    assert len([one for one in picked if one.item in taken]) == max(0, len(picked) - free)


def test_the_mean_is_fitting_for_weak_and_strong() -> None:
    for theta in (-1.0, 0.0, 1.5):
        pupil = PupilState(theta=theta, n=40, wins=20)
        picked = pick(DAY_0, pupil, shelf(200), 6, 86_400.0)
        assert 0.75 <= sum(one.chance for one in picked) / 6 <= 0.85


def test_a_class_of_thirty_from_five_hundred_items_is_quick() -> None:
    items = shelf(500)
    with within(2):
        for n in range(30):
            pick(DAY_0, PupilState(theta=n / 15 - 1, n=40, wins=20), items, 8, 86_400.0)
