"""What to do next at home: never more than three, works first, a place left for a topic."""

import pytest

from school.progress.steps import Kind, actions

F, H, R, P = Kind.FINISH, Kind.HAND_IN, Kind.REVIEW, Kind.PRACTISE


def some(*titles: str) -> list[tuple[str, object]]:
    return [(one, one) for one in titles]


@pytest.mark.parametrize(
    ("returned", "owed", "fading", "practising", "expected"),
    [
        ((), (), (), (), []),
        (("а",), ("б", "в", "г"), (), (), [F, H, H]),
        (("а",), ("б", "в"), ("т",), ("у",), [F, H, R]),
        ((), ("б",), ("т", "ф"), ("у", "х"), [H, R, P]),
        ((), (), (), ("у", "х", "ц"), [P, P]),
    ],
)
def test_actions(
    returned: tuple[str], owed: tuple[str], fading: tuple[str], practising: tuple[str], expected: list[Kind]
) -> None:
    found = actions(some(*returned), some(*owed), some(*fading), some(*practising))
    assert [one.kind for one in found] == expected
