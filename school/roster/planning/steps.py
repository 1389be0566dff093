"""What a plan is made of: a step for each thing that would be new, changed or gone, with the rows it writes."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from school.roster.formats.records import BadRow, Note, Place
from school.roster.said import Said
from school.roster.timetable import Clash


class Verb(StrEnum):
    """What would happen to a thing."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Write:
    """One row to insert or to update. The school is added by whoever writes; ``values`` hold the changed columns."""

    table: str
    id: uuid.UUID
    values: Mapping[str, Any]
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changes, as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that would be new, changed or gone."""

    kind: str
    """school, person, group, enrolment, guardian, slot."""
    verb: Verb
    title: str
    writes: tuple[Write, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that only a human can decide; the row is left out, or taken without the disputed value."""

    place: Place
    reason: Said

    @property
    def remark(self) -> tuple[Place, Said, int]:
        """One line of a list on the page."""
        return self.place, self.reason, 0

    def as_json(self) -> dict[str, Any]:
        """The shape of a bad row."""
        return {"file": self.place.file, "line": self.place.line, "reason": str(self.reason)}


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an import into one school would do."""

    school_id: int | None
    """None: the school would be founded."""
    school_name: str
    external_id: str
    source: str
    steps: tuple[Step, ...] = ()
    quiet: tuple[Write, ...] = ()
    """Rows written with the steps that are no news: links, the ground of a new school."""
    people: tuple[uuid.UUID, ...] = ()
    """Members that the steps touch."""
    conflicts: tuple[Conflict, ...] = ()
    bad_rows: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()

    def count(self, verb: Verb) -> int:
        """How many things would be new, changed or gone."""
        return sum(step.verb == verb for step in self.steps)

    def by_kind(self, verb: Verb) -> Mapping[str, int]:
        """The same, apart for people, groups, enrolments and so on."""
        return Counter(step.kind for step in self.steps if step.verb is verb)

    def of(self, verb: Verb, kind: str) -> list[Step]:
        """The steps of one kind and verb."""
        return [step for step in self.steps if step.verb is verb and step.kind == kind]


@dataclass(frozen=True, slots=True)
class Preview:
    """A whole set: its plans, school by school, and what concerns no school."""

    plans: Sequence[Plan]
    bad_rows: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()
    source: str = ""
    clashes: tuple[Clash, ...] | None = None
    """Of a timetable; None for a roster."""

    def count(self, verb: Verb) -> int:
        """How many things would be new, changed or gone in all schools."""
        return sum(plan.count(verb) for plan in self.plans)

    @property
    def conflicts(self) -> list[Conflict]:
        """The conflicts of all schools."""
        return [conflict for plan in self.plans for conflict in plan.conflicts]

    @property
    def all_bad_rows(self) -> list[BadRow]:
        """Every row not taken, once, in the order of files and lines."""
        rows = dict.fromkeys((*self.bad_rows, *(row for plan in self.plans for row in plan.bad_rows)))
        return sorted(rows, key=lambda row: (row.place.file, row.place.line))

    @property
    def all_notes(self) -> list[Note]:
        """Every remark, once."""
        return list(dict.fromkeys((*self.notes, *(note for plan in self.plans for note in plan.notes))))

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would leave everything as it is."""
        return not any(plan.steps for plan in self.plans)

    def as_json(self) -> dict[str, Any]:
        """What the command line and other programs are promised; a timetable's clashes are conflicts with details."""
        found: dict[str, Any] = {
            "new": self.count(Verb.NEW),
            "changed": self.count(Verb.CHANGED),
            "gone": self.count(Verb.GONE),
            "conflicts": [conflict.as_json() for conflict in self.conflicts],
            "bad_rows": [row.as_json() for row in self.all_bad_rows],
        }
        if self.clashes is not None:
            found["clashes"] = [clash.as_json() for clash in self.clashes]
        return found
