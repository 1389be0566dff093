"""What every kind of task must be able to do, and the three kinds of error it may meet.

The pupil's error is an answer that can't be read (`Unreadable`): nothing is lost, nothing is taken off.
The author's error is a broken specification (`Fault`, listed by ``check``, raised as `BrokenSpec`). Everything
else is ours.

Everything secret of a specification lives under ``key``, ``shares``, ``why`` and ``remarks``. ``prepare`` must give the same result
with and without them; a test holds every kind to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

Spec = Mapping[str, Any]
"""What the author wrote: JSON, with ``version``, ``prompt``, ``key``."""

Variant = dict[str, Any]
"""What may be shown before the answer is in: JSON, never a key."""

Answer = dict[str, Any]
"""What the pupil said, read: JSON, safe to store and to grade again when the author mends a key."""

Form = Mapping[str, str | Sequence[str]]
"""Form fields, each one value or several (``request.form.to_dict(flat=False)``)."""

SECRET_FIELDS = frozenset({"key", "shares", "why", "remarks"})


@dataclass(frozen=True)
class Phrase:
    """A sentence for the screen: an English msgid and its values; the page translates and fills it."""

    msgid: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.values if self.values else self.msgid


def say(msgid: str, **values: str) -> Phrase:
    """Make a phrase (message extraction looks for calls of this name)."""
    return Phrase(msgid, values)


class Unreadable(Exception):
    """The pupil's error: the answer can't be read. It is not judged, costs nothing and may be given again."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Fault:
    """One mistake of the author: the field it is in and what is wrong with it."""

    where: str
    what: Phrase


class BrokenSpec(Exception):
    """The author's error: the task can't be used until its specification is mended."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.what}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Verdict:
    """How an answer was judged. ``points`` has two decimals at most and lies between 0 and ``max_points``."""

    points: Decimal
    max_points: int
    correct: bool
    feedback: tuple[Phrase, ...] = ()
    waits: bool = False
    """A teacher is to judge it; until then it is neither right nor wrong."""


@dataclass(frozen=True)
class ShownOption:
    """One option after the answer is in."""

    text: str
    chosen: bool
    right: bool


@dataclass(frozen=True)
class ShownPart:
    """One part of an answer in several: a pair, a gap, a place in an order."""

    label: str
    given: str
    right: str
    correct: bool


@dataclass(frozen=True)
class Presented:
    """What is shown after the answer is in: the answer given, the right one and why."""

    given: str
    right: str
    why: str
    options: tuple[ShownOption, ...] = ()
    parts: tuple[ShownPart, ...] = ()


@dataclass(frozen=True)
class Examples:
    """One form of each sort for this very task and seed: right, wrong and unreadable."""

    right: Form
    wrong: Form
    unreadable: Form


class TaskKind(Protocol):
    """A kind of task. Stateless and pure: the same arguments always give the same result."""

    @property
    def name(self) -> str:
        """How the kind is called in the database and in files."""
        ...

    def prepare(self, spec: Spec, seed: int) -> Variant:
        """What may be shown of the task before the answer; depends on nothing secret."""
        ...

    def parse(self, form: Form) -> Answer:
        """Read the field ``answer`` of a form; raises `Unreadable`."""
        ...

    def grade(self, spec: Spec, seed: int, answer: Answer) -> Verdict:
        """Judge a read answer; raises `Unreadable` when it can't belong to this task."""
        ...

    def present(self, spec: Spec, seed: int, answer: Answer, verdict: Verdict) -> Presented:
        """What to show once the answer is in and may be talked about."""
        ...

    def examples(self, spec: Spec, seed: int = 0) -> Examples:
        """A right, a wrong and an unreadable form for this task."""
        ...

    def check(self, spec: Spec) -> list[Fault]:
        """The author's mistakes; an empty list means that the task may be used."""
        ...
