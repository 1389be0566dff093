"""The framework holds: no circles, whatever is said of wholes and parts."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from content_library import Subject, Topic, frameworks, shelf
from content_library.frameworks import CannotPlace
from content_library.frameworks.graph import Graph
from tests.content_library.writing import published

TREE: dict[str, str | None] = {"A": None, "A1": "A", "A2": "A", "B": None, "B1": "B", "B11": "B1", "C": None}


@pytest.mark.parametrize(
    ("needs", "start", "goal", "way"),
    [
        ({}, "A", "B", None),
        ({"A": {"B"}}, "A", "B", ["A", "B"]),
        ({"A": {"B"}, "B": {"C"}}, "A", "C", ["A", "B", "C"]),
        ({"A": {"B"}}, "A1", "B", ["A1", "B"]),  # a part needs what the whole needs
        ({"A1": {"B"}}, "A", "B", ["A", "B"]),  # the whole needs what its part needs
        ({"A1": {"B"}}, "A2", "B", None),  # a neighbour does not
        ({"A": {"B11"}, "B1": {"C"}}, "A2", "C", ["A2", "B11", "C"]),  # by what stands above
        ({"A": {"B"}}, "A", "B11", ["A", "B"]),  # all of it
    ],
)
def test_what_comes_before(needs: dict[str, set[str]], start: str, goal: str, way: list[str] | None) -> None:
    assert Graph(TREE, needs).way(start, goal) == way


@pytest.mark.parametrize(
    ("needs", "has_circle"),
    [
        ({"A": {"B"}, "B": {"C"}}, False),
        ({"A": {"B"}, "B": {"A"}}, True),
        ({"A1": {"B"}, "B11": {"A2"}}, False),
        ({"A1": {"B"}, "B11": {"A"}}, True),
        ({"A": {"B1"}, "B": {"A2"}}, True),
    ],
)
def test_circles(needs: dict[str, set[str]], has_circle: bool) -> None:
    assert (Graph(TREE, needs).circle() is not None) == has_circle


@pytest.fixture
def maths(session: Session) -> Subject:
    return session.get_one(Subject, 1)


def test_a_circle_is_refused_with_its_topics(session: Session, maths: Subject) -> None:
    whole = session.get_one(Topic, 10)
    part = session.get_one(Topic, 12)
    other = frameworks.add(session, maths, "Делимость", 5)
    deep = frameworks.add(session, maths, "Признаки", 5, parent=other)
    frameworks.need(session, part, deep)
    with pytest.raises(CannotPlace) as refusal:
        frameworks.need(session, other, whole)
    assert refusal.value.why == frameworks.Why.CIRCLE
    assert refusal.value.titles[0] == "Делимость" and "Признаки" in refusal.value.titles[-1] + refusal.value.titles[-2]
    assert frameworks.needs_of(session, [other.id]) == {}
    assert [one.title for one in frameworks.needed_by(session, deep)] == ["Сложение дробей"]
    with pytest.raises(CannotPlace, match="part_of_it"):
        frameworks.need(session, part, whole)
    with pytest.raises(CannotPlace, match="later_year"):
        frameworks.need(session, part, session.get_one(Topic, 11))
    frameworks.drop_need(session, part, deep)
    frameworks.need(session, other, whole)


def test_moving_keeps_the_tree_a_tree_and_the_graph_without_circles(session: Session, maths: Subject) -> None:
    whole, part = session.get_one(Topic, 10), session.get_one(Topic, 12)
    other = frameworks.add(session, maths, "Делимость", 5)
    frameworks.need(session, whole, other)
    with pytest.raises(CannotPlace, match="below_itself"):
        frameworks.move(session, whole, part)
    with pytest.raises(CannotPlace, match="circle"):
        frameworks.move(session, other, whole)
    with pytest.raises(CannotPlace, match="other_subject"):
        frameworks.move(session, part, session.get_one(Topic, 20))
    frameworks.move(session, part, None)
    assert part.parent_id is None and part.position > whole.position


def test_a_moved_or_renamed_topic_is_found_anew(session: Session, maths: Subject) -> None:
    unit = published(session)
    number = unit.changed
    part = session.get_one(Topic, 12)
    frameworks.move(session, part, frameworks.add(session, maths, "Дроби", 6))
    session.refresh(unit)
    assert unit.changed > number
    number = unit.changed
    say = {"code": part.code, "year_level": 5, "since": None, "until": None}
    frameworks.change(session, part, title=part.title, **say)
    session.refresh(unit)
    assert unit.changed == number, "the days of a topic are nothing to the search"
    frameworks.change(session, part, title="Сумма дробей", **say)
    session.refresh(unit)
    assert unit.changed > number


def test_retired_with_its_parts_and_back(session: Session) -> None:
    whole, part = session.get_one(Topic, 10), session.get_one(Topic, 12)
    unit = published(session)
    assert frameworks.retire(session, whole, date(2026, 8, 31)) == 2
    assert part.is_valid(date(2026, 8, 31)) and not part.is_valid(date(2026, 9, 1))
    assert [one.id for one in shelf.topics_of_unit(session, unit)] == [12], "what hangs on it stays"
    frameworks.restore(session, part, date(2026, 9, 1))
    assert part.is_valid(date(2030, 1, 1)) and not whole.is_valid(date(2026, 9, 1))


def test_codes_follow_their_parents(session: Session, maths: Subject) -> None:
    whole = session.get_one(Topic, 10)
    made = [frameworks.add(session, maths, f"Часть {n}", 5, parent=whole) for n in range(2)]
    assert [one.code for one in made] == ["5.1.2", "5.1.3"]
    with pytest.raises(CannotPlace, match="code_taken"):
        frameworks.add(session, maths, "Ещё", 5, code="5.1.1")
    frameworks.shift(session, made[1], -1)
    frameworks.shift(session, made[1], -1)
    frameworks.shift(session, made[1], -1)
    assert made[1].position < session.get_one(Topic, 12).position < made[0].position
