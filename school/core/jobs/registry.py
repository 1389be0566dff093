"""Which kinds of jobs and which periodic tasks there are. Filled by decorators when features are imported."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Lane = Literal["quick", "slow"]

JobFunction = Callable[[dict[str, Any]], None]
F = TypeVar("F", bound=JobFunction)
P = TypeVar("P", bound=Callable[[], object])


@dataclass(frozen=True, slots=True)
class Handler:
    """How jobs of one kind are done."""

    kind: str
    do: JobFunction
    max_tries: int
    lease: float
    """Seconds after which a silent worker is taken for dead."""
    lane: Lane


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task done again and again by one worker at a time."""

    name: str
    seconds: float
    do: Callable[[], object]
    lease: float
    when: Callable[[], bool] | None
    """A cheap reading question: is there anything to do at all? Asked before the turn is taken, so idle tasks write nothing."""


HANDLERS: dict[str, Handler] = {}
PERIODIC: dict[str, Periodic] = {}


def handler(kind: str, *, max_tries: int = 8, lease: float = 30.0, lane: Lane = "quick") -> Callable[[F], F]:
    """Do jobs of ``kind`` by the decorated function of the payload.

    It runs in one transaction together with the job's own "done" mark: it must not commit, and whatever it writes to the
    database happens exactly once. What it does outside the database may happen again after a crash, so it must bear
    repetition. Work of more than about a second outside the database goes into ``outside_database()`` and the slow lane.
    """

    def register(do: F) -> F:
        if kind in HANDLERS:
            raise ValueError(f"two handlers for jobs of kind {kind!r}")
        HANDLERS[kind] = Handler(kind, do, max_tries, lease, lane)
        return do

    return register


def every(
    seconds: float, name: str, *, lease: float = 60.0, when: Callable[[], bool] | None = None
) -> Callable[[P], P]:
    """Do the decorated function about every ``seconds``, in one worker of the installation at a time.

    What it leaves uncommitted is committed after it. ``lease`` is how long a turn may last before another worker takes over.
    """

    def register(do: P) -> P:
        if name in PERIODIC:
            raise ValueError(f"two periodic tasks named {name!r}")
        PERIODIC[name] = Periodic(name, seconds, do, lease, when)
        return do

    return register
