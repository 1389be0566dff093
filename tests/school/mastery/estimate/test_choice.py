"""What is chosen: long left, on the brink, once a day, what it rests on rather than failing again."""

from school.mastery.estimate.choice import DEFAULT, choose_item, choose_skill
from school.mastery.estimate.state import ItemLevel, ItemMemory, PupilState, SkillLevel, SkillState
from school.mastery.estimate.weights import PLAIN_ELO
from tests.school.mastery.answers import DAY

NOW = 100 * DAY


def state(delta: float, days: float, **more: object) -> SkillState:
    return SkillState(delta=delta, n=3, wins=2, at=NOW - days * DAY, stability=3.0, **more)  # type: ignore[arg-type]


def chosen(
    skills: dict[str, SkillState], needs: dict[str, tuple[str, ...]] | None = None, open_since: float = 0.0
) -> object:
    levels = {one: SkillLevel(prerequisites=(needs or {}).get(one, ())) for one in "abcd"}
    pupil = PupilState(n=20, wins=10, skills=dict(skills), at=NOW)
    return choose_skill(DEFAULT, PLAIN_ELO, pupil, dict.fromkeys(skills, open_since), levels, NOW)


def test_the_one_left_longest_among_equals() -> None:
    assert chosen({"a": state(0.5, 3), "b": state(0.5, 9), "c": state(0.5, 5)}) == "b"


def test_the_one_on_the_brink_among_those_left_as_long() -> None:
    assert chosen({"a": state(-3, 5), "b": state(0.6, 5), "c": state(4, 5)}) == "b"


def test_a_topic_left_very_long_is_not_forgotten_for_the_brink() -> None:
    assert chosen({"a": state(-3, 30), "b": state(0.6, 5)}) == "a"


def test_once_a_day_while_there_are_others() -> None:
    assert chosen({"a": state(0.6, 0.1), "b": state(-3, 1)}) == "b"
    assert chosen({"a": state(0.6, 0.1)}) == "a"


def test_what_it_rests_on_rather_than_failing_again() -> None:
    failed = state(0.6, 20, last=-1, recent=-0.4)
    needs = {"a": ("b",)}
    assert chosen({"a": failed, "b": state(-2, 2), "c": state(0.6, 3)}, needs) == "b"
    assert chosen({"a": failed, "b": state(2, 2), "c": state(0.6, 3)}, needs) == "a"
    assert chosen({"a": failed, "b": state(-2, 0.1), "c": state(0.6, 3)}, needs) == "a"


def test_the_item_nearest_the_wanted_chance_and_unseen() -> None:
    level = SkillLevel()
    items = [
        (name, ItemLevel(("a",), (level,), d=d, n=50, wins=25))
        for name, d in (("hard", 1.5), ("right", -1.4), ("easy", -4.0))
    ]
    pupil = PupilState()
    assert choose_item(DEFAULT, PLAIN_ELO, pupil, items, NOW) == "right"
    pupil.items["right"] = ItemMemory(wins=2, fails=1, last=1, at=NOW - DAY)
    assert choose_item(DEFAULT, PLAIN_ELO, pupil, items, NOW) == "easy"
