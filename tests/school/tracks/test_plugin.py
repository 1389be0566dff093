"""The contract that harnesses drive."""

import pytest

from school.mastery.estimate.packing import pack
from school.tracks.plugin import Plugin, create
from tests.school.mastery.answers import DAY


@pytest.fixture
def plugin() -> Plugin:
    made = create()
    made.catalogue(
        {f"{skill}{n}": {"skills": [skill], "choices": 4 if n == 3 else None, "difficulty": n} for skill in "abc" for n in (1, 2, 3)},
        {"a": {"prereq": [], "opens": 0.0}, "b": {"prereq": ["a"], "opens": 7 * DAY}, "c": {"prereq": [], "opens": None}},
    )  # fmt: skip
    return made


def test_authored_difficulty_and_choices_count_from_the_first_answer(plugin: Plugin) -> None:
    easy, medium = (plugin.predict("p", item, 0.0) for item in ("a1", "a2"))
    assert easy > medium > 0.3
    assert plugin.predict("p", "a3", 0.0) > 0.25
    assert plugin.predict("p", "a2", 0.0) == medium


def test_the_same_answer_twice_is_one_answer(plugin: Plugin) -> None:
    plugin.update("p", "a2", 1, 60.0)
    once, seen = pack(plugin.learner.pupil("p"), ord), plugin.learner.seen
    plugin.update("p", "a2", 1, 60.0)
    assert (pack(plugin.learner.pupil("p"), ord), plugin.learner.seen) == (once, seen)
    plugin.update("p", "a2", 1, 120.0)
    assert plugin.learner.pupil("p").n == 2


def test_answers_out_of_order_end_where_those_in_order_do(plugin: Plugin) -> None:
    told = [("a1", 1, 60.0), ("b2", 0, 120.0), ("a2", 1, 9000.0), ("c1", 0, 2 * DAY)]
    other = create()
    other.catalogue(
        {item: {"skills": list(level.skills), "choices": None, "difficulty": None} for item, level in plugin.learner.items.items()},
        {skill: {"prereq": [], "opens": 0.0} for skill in "abc"},
    )  # fmt: skip
    for item, correct, at in told:
        other.update("p", item, correct, at)
        other.update("q", item, correct, at)
    late = [told[0], told[2], told[3], told[1]]
    for item, correct, at in late:
        other.update("r", item, correct, at)
    straight, mixed = other.learner.pupil("q"), other.learner.pupil("r")
    assert (mixed.n, mixed.wins, mixed.at) == (straight.n, straight.wins, straight.at)
    assert mixed.skills["b"].at == 120.0
    assert mixed.recent == straight.recent
    assert mixed.skills["a"].last == straight.skills["a"].last


def test_it_chooses_only_among_the_candidates(plugin: Plugin) -> None:
    offered: list[object] = ["b1", "b2"]
    assert plugin.choose("p", offered, 8 * DAY) in offered
    offered[:] = ["c1", "c3"]
    assert plugin.choose("p", offered, 8 * DAY) in offered
    assert plugin.choose("p", ["never heard of"], 8 * DAY) == "never heard of"


def test_a_day_of_choices_goes_through_all_topics(plugin: Plugin) -> None:
    everything: list[object] = list(plugin.learner.items)
    done = []
    for n in range(3):
        item = plugin.choose("p", everything, 9 * DAY + n * 120)
        plugin.update("p", item, 1, 9 * DAY + n * 120)
        done.append(str(item)[0])
    assert sorted(done) == ["a", "b", "c"]
    assert 0.0 < plugin.mastery("p", "a", 9 * DAY) < 1.0
