"""Presence in a cell of the journal: a key for a fact and its reason, and the code that the school shows for it. Pure. Domain 1.6."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from school.classes.models import AbsenceFact, AbsenceReason

LETTERS: Final = {
    "н": (AbsenceFact.ABSENT, AbsenceReason.UNKNOWN),
    "б": (AbsenceFact.ABSENT, AbsenceReason.ILLNESS),
    "п": (AbsenceFact.ABSENT, AbsenceReason.FAMILY),
    "о": (AbsenceFact.LATE, AbsenceReason.UNKNOWN),
}
"""What a teacher may type, in every school; the other reasons come later, from elsewhere."""

_BY_REASON = {AbsenceReason.UNKNOWN: "н", AbsenceReason.TRUANCY: "н", AbsenceReason.ILLNESS: "б"}
_BY_FACT = {AbsenceFact.LATE: "о", AbsenceFact.REMOTE: "д", AbsenceFact.EXEMPT: "осв"}


@lru_cache(maxsize=64)
def letter(fact: str, reason: str) -> str:
    """The key that stands for it: н, б, п (a reason that excuses), о (late), д (from home), осв (there, freed from the work)."""
    if fact == AbsenceFact.ABSENT:
        return _BY_REASON.get(AbsenceReason(reason), "п")
    return _BY_FACT[AbsenceFact(fact)]


class Codes(NamedTuple):
    """How a school's act shows presence: an absence by its reason, the rest by the fact. Unless the act says else, the keys."""

    unknown: str = "н"
    truancy: str = "н"
    illness: str = "б"
    family: str = "п"
    school: str = "п"
    order: str = "п"
    late: str = "о"
    remote: str = "д"
    exempt: str = "осв"
    prints_all: bool = False
    """The journal on paper shows the same codes; else all absences alike, and nobody late."""

    def of(self, fact: str, reason: str) -> str:
        """What is shown for a fact and its reason."""
        code: str = getattr(self, reason if fact == AbsenceFact.ABSENT else fact)
        return code

    def on_paper(self, fact: str, reason: str) -> str:
        """What is printed; nothing for what paper leaves out."""
        if self.prints_all:
            return self.of(fact, reason)
        return self.unknown if fact == AbsenceFact.ABSENT else ""

    def to_data(self) -> dict[str, Any]:
        """As kept in the act's rules."""
        return self._asdict()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Codes":
        """The codes of an act; what it does not say stays as usual."""
        return cls(**data)


USUAL: Final = Codes()
NAMES: Final = Codes._fields[:-1]
"""What has a code: reasons of an absence, then the other facts."""


class Shown(NamedTuple):
    """Presence as a cell has it."""

    key: str
    code: str
    is_other: bool
    """Typing the key would show another code: the reason came from elsewhere."""


@lru_cache(maxsize=1024)
def shown_by(codes: Codes) -> Mapping[tuple[str, str], Shown]:
    """Every fact and reason as the school shows it."""
    by_key = codes_of_keys(codes)
    made = {}
    for fact in AbsenceFact:
        for reason in AbsenceReason:
            key, code = letter(fact, reason), codes.of(fact, reason)
            made[fact.value, reason.value] = Shown(key, code, code != by_key[key])
    return made


def codes_of_keys(codes: Codes) -> dict[str, str]:
    """What stands in a cell after its key: the four that are typed, and the two that come from elsewhere."""
    typed = {key: codes.of(fact, reason) for key, (fact, reason) in LETTERS.items()}
    return typed | {key: codes.of(fact, AbsenceReason.UNKNOWN) for fact, key in _BY_FACT.items()}


def caps_of(codes: Codes) -> dict[str, str]:
    """What is written on the four keys: their codes; where a school shows several alike, the key itself, so that they differ."""
    shown = [codes_of_keys(codes)[key] for key in LETTERS]
    return {key: code if shown.count(code) == 1 else key for key, code in zip(LETTERS, shown, strict=True)}
