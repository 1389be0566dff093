"""What people need to know of classes, which lie above them: asked through ``rolls``, registered by the application."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from school.core.access import Actor


class KnownPupil(Protocol):
    """A pupil as the actor meets them."""

    @property
    def class_name(self) -> str:
        """«2 «А»», or empty."""

    @property
    def class_id(self) -> uuid.UUID | None:
        """The class of today."""

    @property
    def year_level(self) -> int:
        """1–11; 0 without a class."""

    @property
    def teaches(self) -> bool:
        """The actor teaches one of the pupil's courses."""

    @property
    def leads(self) -> bool:
        """The actor leads the pupil's class."""

    @property
    def follows(self) -> bool:
        """The actor is a representative who may see progress."""


class KnownClass(Protocol):
    """A class or group as the actor meets it."""

    @property
    def school_id(self) -> int:
        """Its school."""

    @property
    def id(self) -> uuid.UUID:
        """Its id."""

    @property
    def name(self) -> str:
        """«2 «А»»."""

    @property
    def year_level(self) -> int:
        """1–11."""

    @property
    def teaches(self) -> bool:
        """The actor teaches it or a part of it."""

    @property
    def leads(self) -> bool:
        """The actor leads it."""

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None]:
        """For the access fact."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil's days in a group."""

    group_id: uuid.UUID
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class OutsideWord:
    """What somebody outside the school has changed about a pupil."""

    at: datetime
    by: str
    first_on: date
    last_on: date


class Rolls(Protocol):
    """Class lists, as people ask for them."""

    def get_pupil(self, actor: Actor, pupil_id: uuid.UUID) -> KnownPupil | None:
        """A pupil of the actor's school."""

    def get_group(self, actor: Actor, group_id: uuid.UUID) -> KnownClass | None:
        """A class or group of the actor's school."""

    def pupil_ids(self, group: KnownClass) -> list[uuid.UUID]:
        """The pupils of today, in the order of the class list."""

    def classes(self, actor: Actor) -> list[tuple[uuid.UUID, str]]:
        """The classes of this school year, for a filter."""

    def class_names(self, actor: Actor, pupil_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
        """The class of each of these pupils today."""

    def stays_of(self, actor: Actor, pupil_id: uuid.UUID) -> list[Stay]:
        """All groups the pupil is or was in."""

    def outside_words(self, actor: Actor, pupil_id: uuid.UUID) -> list[OutsideWord]:
        """What was changed about the pupil from outside the school, the latest first."""

    def leave(self, school_id: int, member_id: uuid.UUID, last_day: date) -> None:
        """End the member's places in groups, posts and class leadership with ``last_day``."""


_registered: list[Rolls] = []


def register(rolls: Rolls) -> None:
    """Say who answers; called once by the application, again by tests that build a second one."""
    _registered[:] = [rolls]


def rolls() -> Rolls:
    """Who answers questions about classes."""
    return _registered[0]
