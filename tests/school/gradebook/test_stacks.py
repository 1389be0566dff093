"""Taking back and doing again, told by the steps themselves."""

import uuid
from dataclasses import dataclass

import pytest

from school.gradebook.stacks import stacks


@dataclass(frozen=True)
class Done:
    id: uuid.UUID
    kind: str
    of_step: uuid.UUID | None


def walk(text: str) -> tuple[str, str]:
    """«a b u u r»: steps by letter, undo and redo of whatever is next."""
    done: list[Done] = []
    names: dict[uuid.UUID, str] = {}
    for letter in text.split():
        back, forth = stacks(done)
        of = None
        if letter == "u":
            of = back[-1].id
        elif letter == "r":
            of = forth[-1].id
        step = Done(uuid.uuid4(), {"u": "undo", "r": "redo"}.get(letter, "set"), of)
        names[step.id] = letter
        done.append(step)
    back, forth = stacks(done)
    return "".join(names[one.id] for one in back), "".join(names[one.id] for one in forth)


@pytest.mark.parametrize(
    ("steps", "back", "forth"),
    [
        ("", "", ""),
        ("a", "a", ""),
        ("a b", "ab", ""),
        ("a b u", "a", "b"),
        ("a b u u", "", "ba"),
        ("a b u u r", "a", "b"),
        ("a b u u r r", "ab", ""),
        ("a b u c", "ac", ""),
        ("a u b u", "", "b"),
        ("a b c u u r d u", "ab", "d"),
    ],
)
def test_two_stacks(steps: str, back: str, forth: str) -> None:
    assert walk(steps) == (back, forth)


def test_a_step_out_of_sight_is_passed_over() -> None:
    assert stacks([Done(uuid.uuid4(), "undo", uuid.uuid4())]) == ([], [])
