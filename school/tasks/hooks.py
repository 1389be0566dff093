"""What features above want to know of attempts, and to say about them; each registers itself when it is imported."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from school.core.access import Actor
from school.tasks.models import Attempt, ItemRuling
from school.tasks.seen import SeenAttempt


@dataclass(frozen=True, slots=True)
class Place:
    """Where an attempt belongs: the page to go back to, and its name for the way there."""

    label: str
    endpoint: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResultPart:
    """What a feature above adds to an attempt's results: its own template, which reads ``part.context``."""

    template: str
    context: dict[str, Any]


Finished = Callable[[Actor, Attempt], None]
Placing = Callable[[Actor, SeenAttempt], Place | None]

WHEN_FINISHED: list[Finished] = []
"""Called in the transaction of the finish: homework hands itself in."""

WHEN_JUDGED: list[Finished] = []
"""Called in the transaction in which a teacher has judged an answer of a finished attempt."""

WHEN_RULED: list[Callable[[Actor, ItemRuling], None]] = []
"""Called in the transaction in which a wrong key was put right, after the results were changed."""

JUDGES: list[Callable[[Actor, SeenAttempt], bool]] = []
"""Asked whether this person looks through the work that an attempt is part of; one yes is enough."""

PLACES: list[Placing] = []
"""Asked in order; the first that knows the attempt says where it belongs for this reader."""

RESULT_PARTS: list[Callable[[Actor, SeenAttempt], ResultPart | None]] = []
"""Asked when the results of an attempt are shown; None for those who should not see it."""


def parts_of_results(actor: Actor, attempt: SeenAttempt) -> list[ResultPart]:
    """All that the features above have for this reader."""
    return [part for ask in RESULT_PARTS if (part := ask(actor, attempt)) is not None]


def place_of(actor: Actor, attempt: SeenAttempt) -> Place | None:
    """Where this attempt belongs; None for a pupil's own practice."""
    for ask in PLACES:
        found = ask(actor, attempt)
        if found is not None:
            return found
    return None


def judges(actor: Actor, attempt: SeenAttempt) -> bool:
    """Whether the actor judges answers of this attempt by hand."""
    return any(ask(actor, attempt) for ask in JUDGES)
