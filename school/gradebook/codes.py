"""The codes of presence as people write them into an act and read them: words, and what must hold of them. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from school.core.languages import gettext as _
from school.gradebook.models import MarkCode
from school.gradebook.presence import NAMES, USUAL, Codes

__all__ = ["Codes", "code_fields", "code_words", "legend", "read_codes"]

FIELD: Final = "code-"
PAPER: Final = "codes-paper"
MOST: Final = 2
_LETTERS = re.compile(rf"[А-ЯЁа-яё]{{1,{MOST}}}")
_UNEXPLAINED, _EXCUSED = ("unknown", "truancy"), ("family", "school", "order")
_ABSENT = (*_UNEXPLAINED, "illness", *_EXCUSED)


def code_words() -> dict[str, str]:
    """What each code stands for."""
    return {
        "unknown": str(_("absent, the reason is not known")),
        "truancy": str(_("absent: no good reason")),
        "illness": str(_("absent: illness")),
        "family": str(_("absent: family reasons")),
        "school": str(_("absent: sent by the school")),
        "order": str(_("absent: by order")),
        "late": str(_("late")),
        "remote": str(_("took part from home")),
        "exempt": str(_("there, freed from the work")),
    }


def legend(codes: Codes) -> list[tuple[str, str]]:
    """Each code with all that it stands for, in the order of the act."""
    words = code_words()
    found: dict[str, list[str]] = {}
    for name in NAMES:
        found.setdefault(getattr(codes, name), []).append(words[name])
    return [(code, ", ".join(some)) for code, some in found.items()]


def code_fields(codes: Codes) -> dict[str, str]:
    """The codes as the fields of the act's form: ``read_codes`` of them gives them back."""
    return {FIELD + name: getattr(codes, name) for name in NAMES} | {PAPER: "all" if codes.prints_all else "alike"}


def read_codes(form: Mapping[str, str], errors: dict[str, str]) -> Codes:
    """The codes of a form. What can't be shown, or would look like something else, is named in ``errors`` at its field."""
    written = {name: form.get(FIELD + name, getattr(USUAL, name)).strip() for name in NAMES}
    for name, code in written.items():
        wrong = _wrong(name, code)
        if wrong:
            errors[FIELD + name] = wrong
    _tell_apart(written, errors)
    return Codes(**written, prints_all=form.get(PAPER) == "all")


def _wrong(name: str, code: str) -> str:
    if code == getattr(USUAL, name):
        return ""
    if not _LETTERS.fullmatch(code):
        return str(_("One or two Russian letters, for example Н or УП."))
    if code.casefold() in set(MarkCode):
        return str(_("“%(code)s” is a mark: in the same cell nobody could tell them apart.", code=code))
    return ""


def _tell_apart(written: Mapping[str, str], errors: dict[str, str]) -> None:
    """Absences may all be shown alike, or by reason; whoever was there never looks absent, late not freed or at home.

    Letters that differ only in size are one to the eye: they count as the same code, and may not both be used.
    """
    words = code_words()
    seen: dict[str, str] = {}
    all_alike = len({written[name].casefold() for name in _ABSENT}) == 1
    for name, code in written.items():
        first = seen.setdefault(code.casefold(), name)
        if first == name or FIELD + name in errors:
            continue
        if code != written[first]:
            errors[FIELD + name] = str(
                _("“%(code)s” and “%(other)s” differ only in size.", code=code, other=written[first])
            )
        elif {first, name} <= set(_ABSENT):
            if not all_alike and not _alike(first, name):
                errors[FIELD + name] = str(
                    _(
                        "“%(code)s” is already “%(words)s”: take another code, or one code for all absences.",
                        code=code,
                        words=words[first],
                    )
                )
        else:
            errors[FIELD + name] = str(
                _("“%(code)s” is already “%(words)s”: take another code.", code=code, words=words[first])
            )


def _alike(first: str, second: str) -> bool:
    """Absences of one kind: not explained, or excused."""
    return any({first, second} <= set(kind) for kind in (_UNEXPLAINED, _EXCUSED))
