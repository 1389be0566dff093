"""Presence in a cell of the journal: one letter for a fact and its reason, as in the paper journal. Pure. Domain 1.6."""

from functools import lru_cache
from typing import Final

from school.classes.models import AbsenceFact, AbsenceReason

LETTERS: Final = {
    "н": (AbsenceFact.ABSENT, AbsenceReason.UNKNOWN),
    "б": (AbsenceFact.ABSENT, AbsenceReason.ILLNESS),
    "п": (AbsenceFact.ABSENT, AbsenceReason.FAMILY),
    "о": (AbsenceFact.LATE, AbsenceReason.UNKNOWN),
}
"""What a teacher may type; the other reasons come later, from elsewhere."""

_BY_REASON = {AbsenceReason.UNKNOWN: "н", AbsenceReason.TRUANCY: "н", AbsenceReason.ILLNESS: "б"}
_BY_FACT = {AbsenceFact.LATE: "о", AbsenceFact.REMOTE: "д", AbsenceFact.EXEMPT: "осв"}


@lru_cache(maxsize=64)
def letter(fact: str, reason: str) -> str:
    """What stands in the cell: н, б, п (a reason that excuses), о (late), д (from home), осв (there, freed from the work)."""
    if fact == AbsenceFact.ABSENT:
        return _BY_REASON.get(AbsenceReason(reason), "п")
    return _BY_FACT[AbsenceFact(fact)]
