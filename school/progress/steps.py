"""What to do next at home: at most three things that can be done today. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST: Final = 3


class Kind(StrEnum):
    """What an action asks for."""

    FINISH = "finish"
    """A work came back."""
    HAND_IN = "hand_in"
    REVIEW = "review"
    """A topic fades."""
    PRACTISE = "practise"
    """A topic is nearly won."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. ``of`` is the work or the topic it is about, whatever the page makes links of."""

    kind: Kind
    title: str
    of: object


def actions(
    returned: Sequence[tuple[str, object]],
    owed: Sequence[tuple[str, object]],
    fading: Sequence[tuple[str, object]],
    practising: Sequence[tuple[str, object]],
) -> list[Action]:
    """Works first, for somebody waits for them; then a review, for what fades is soon lost; then what is nearly won.

    Each list is a title with what it is about, the nearest first. Of works and of topics there is room for both: two
    works leave the third place to a topic.
    """
    works = [Action(Kind.FINISH, *one) for one in returned] + [Action(Kind.HAND_IN, *one) for one in owed]
    topics = [Action(Kind.REVIEW, *one) for one in fading[:1]] + [Action(Kind.PRACTISE, *one) for one in practising[:2]]
    room = MOST - 1 if topics else MOST
    found = works[:room]
    return found + topics[: MOST - len(found)]
