"""An attempt as one reader meets it, and what its pages show."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from school.classes.seen import SeenPupil
from school.tasks.kinds import BY_HAND
from school.tasks.kinds.byhand import files_in, strokes_in
from school.tasks.kinds.contract import Phrase, Presented, ShownPart, say
from school.tasks.kinds.remarks import Remark
from school.tasks.models import Attempt, Conditions, Layout, Shows

RULED: Phrase = say("The key of this question was put right, and this answer counts in full.")


@dataclass(frozen=True, slots=True)
class SeenAttempt:
    """An attempt with the pupil whose it is, in relation to the actor."""

    school_id: int
    id: uuid.UUID
    row: Attempt
    pupil: SeenPupil
    conditions: Conditions | None = None
    """Of a test."""

    def is_over(self, now: datetime) -> bool:
        """Whether its time has run out, handed in or not."""
        return self.row.closes_at is not None and now >= self.row.closes_at

    @property
    def ran_out(self) -> bool:
        """Whether the clock handed it in."""
        ends, finished = self.row.closes_at, self.row.finished_at
        return ends is not None and finished is not None and finished >= ends

    @property
    def shows_all_at_once(self) -> bool:
        """Whether all questions stand on one page."""
        return self.conditions is not None and self.conditions.layout == Layout.ALL

    def tells_answers(self, now: datetime) -> bool:
        """Whether its pupil may see now which answers were right."""
        if self.conditions is None or self.conditions.shows == Shows.FINISH:
            return True
        ends = [one for one in (self.conditions.closes_at, self.row.closes_at) if one is not None]
        return self.conditions.shows == Shows.CLOSE and bool(ends) and now >= max(ends)

    @property
    def is_sealed(self) -> bool:
        """Whether it is a common test, of which nobody sees more than that it was handed in."""
        return self.conditions is not None and self.conditions.shows == Shows.SEALED

    @property
    def is_finished(self) -> bool:
        """Whether answers are closed and verdicts may be shown."""
        return self.row.finished_at is not None

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """This pupil."""
        return self.pupil.id, None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of a task, by its key in the storage."""

    sha256: str
    name: str
    content_type: str
    alt: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question as it may be shown before the attempt is finished: nothing here depends on its key."""

    id: uuid.UUID
    position: int
    """From 1, in the order of the version."""
    kind: str
    variant: dict[str, Any]
    picture: Picture | None
    given: dict[str, Any] | None
    """The last answer, as it was read."""
    number: int
    """Of the last answer; 0 before any."""
    section: str = ""
    """Title of the section that begins with this question."""
    hints: tuple[str, ...] = ()
    """The words of the hints that were opened."""
    text_of_variant: str = ""
    """``variant`` as one text, to know a form by that was drawn before; empty where nobody will."""

    @property
    def next_price(self) -> int | None:
        """Of the next hint, in per cent of the points; None when there is no more."""
        prices = self.variant.get("hints", ())
        return round(float(Fraction(prices[len(self.hints)])) * 100) if len(self.hints) < len(prices) else None

    @property
    def parts(self) -> "list[ShownItem]":
        """The questions of a task in several parts, each with what its fields hold so far."""
        found: dict[int, list[str]] = {}
        at = 0
        for value in self.typed:
            mark, _, number = value.partition("part:")
            if not mark and number.isdecimal():
                at = int(number)
            else:
                found.setdefault(at, []).append(value)
        return [
            ShownItem(self.id, n, part["kind"], part["variant"], None, {"given": found.get(n, [])}, self.number)
            for n, part in enumerate(self.variant.get("parts", ()), 1)
        ]

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer that will be judged."""
        return self.given is not None

    @property
    def chosen(self) -> frozenset[str]:
        """Ids of the options chosen so far."""
        return frozenset(self.typed)

    @property
    def typed(self) -> tuple[str, ...]:
        """What the fields of the answer hold so far, in their order."""
        given = self.given or {}
        values = given.get("given", given.get("chosen"))
        return tuple(values) if values is not None else (given["text"],) if "text" in given else ()

    @property
    def text(self) -> str:
        """What is written so far, where there is one field."""
        return self.typed[0] if self.typed else ""

    def at(self, place: int) -> str:
        """What the field at a place holds so far."""
        return self.typed[place] if place < len(self.typed) else ""


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """A question of a finished attempt, with what was given, what is right and why."""

    position: int
    kind: str
    prompt: str
    picture: Picture | None
    presented: Presented | None
    """None where no answer was given."""
    right: str
    why: str
    points: float
    max_points: float
    correct: bool
    feedback: tuple[Phrase, ...]
    remarks: tuple[Remark, ...] = ()
    """What the author says to this very answer."""
    areas: tuple[dict[str, Any], ...] = ()
    """Numbered places of the picture, where the question is about them."""
    before: str = ""
    """In a correction: what was answered the time before."""
    map: str = ""
    """What a map without a picture shows."""
    drawing: Mapping[str, str] | None = None
    """A picture made from the numbers of this variant."""
    given: dict[str, Any] | None = None
    item_id: uuid.UUID | None = None
    waits: bool = False
    """A teacher is to judge it yet."""
    says: str = ""
    """What the teacher said about this answer."""

    material: str = ""
    """What all parts of the question are about."""

    @property
    def is_ruled(self) -> bool:
        """Whether it counts because a wrong key was put right, whatever the key says."""
        return RULED in self.feedback

    @property
    def is_by_hand(self) -> bool:
        """Whether a teacher judges it."""
        return self.kind in BY_HAND

    @property
    def strokes(self) -> list[tuple[str, str]]:
        """Of a drawing."""
        return strokes_in(self.given["given"][1]) if self.given and self.kind == "drawing" else []

    @property
    def files(self) -> list[str]:
        """Names of the pages or recordings."""
        return files_in(self.given) if self.given and self.is_by_hand else []

    @property
    def parts(self) -> tuple[ShownPart, ...]:
        """The parts of a given answer, where it has several."""
        return self.presented.parts if self.presented else ()

    @property
    def is_partly(self) -> bool:
        """Some of the points, not all."""
        return not self.correct and self.points > 0
