"""A person of the school with the keys they sign in by, as one actor meets them. Loaded by ``school.people.queries.holders``."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime

from school.people.names import full_name, short_name


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One dated role in this school."""

    id: uuid.UUID
    kind: str
    from_on: date
    to_on: date | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A member of the actor's school, what they may act as, and the state of their sign-in."""

    school_id: int
    id: uuid.UUID
    account_id: uuid.UUID
    family_name: str
    given_name: str
    patronymic: str
    opened_on: date
    closed_on: date | None
    closed: bool
    """Has left the school, or the account is closed."""
    spoken: str
    """How the site addresses them."""
    login: str | None
    has_password: bool
    role_lines: tuple[RoleLine, ...]
    """In this school, past ones too, the newest first."""
    works_elsewhere: bool
    """Holds a staff role in another school or in the city."""
    opened_here: bool
    """This school gave the account its oldest living role."""
    is_only_pupil: bool
    """Everything the account may act as, anywhere, is a pupil."""
    cards_to_year: int
    seen_at: datetime | None
    """When the site was last used by this account, to the hour."""
    card_made_at: datetime | None = None
    card_bound_at: datetime | None = None
    card_refused_at: datetime | None = None
    code_until: datetime | None = None
    """A code is given out and not used yet."""
    year_level: int = 0
    class_name: str = ""
    teaches: bool = False
    leads: bool = False
    follows: bool = False
    roles: frozenset[str] = field(init=False)
    roles_ever: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(line.kind for line in self.role_lines if line.is_now))
        object.__setattr__(self, "roles_ever", frozenset(line.kind for line in self.role_lines))

    @property
    def full_name(self) -> str:
        """«Петрова Алёна Игоревна»."""
        return full_name(self.family_name, self.given_name, self.patronymic)

    @property
    def short_name(self) -> str:
        """«Петрова Алёна»."""
        return short_name(self.family_name, self.given_name)

    @property
    def has_come(self) -> bool:
        """Signs in already, by a password or a card on a device of their own."""
        return self.has_password or self.card_bound_at is not None

    @property
    def may_hold_card(self) -> bool:
        """A small pupil by the school's setting, and nothing but a pupil anywhere."""
        return self.is_only_pupil and "pupil" in self.roles and 1 <= self.year_level <= self.cards_to_year

    @property
    def looked_at(self) -> tuple[uuid.UUID | None, uuid.UUID | None] | None:
        """Pages of pupils leave access facts; those of adults don't."""
        return (self.id, None) if "pupil" in self.roles_ever else None
