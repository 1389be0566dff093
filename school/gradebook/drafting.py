"""An act as people write it: fields of a form to rules and back, and what must hold of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from school.core.languages import gettext as _
from school.gradebook.codes import code_fields, read_codes
from school.gradebook.scale import BESIDE, DECIDE, INSTEAD, LAST, UP, Rules

MOST_WORKS: Final = 16
MOST_WEIGHT: Final = 10
WHOLE_YEAR: Final = 9
MARKS: Final = (5, 4, 3)
HOURS: Final = (1, 2, 4)
NUMBERS: Final = {
    # rule -> least, most
    "half_year_more": (0, 10),
    "missed_percent": (10, 100),
    "edit_days": (1, 60),
    "dot_days": (1, 60),
    "warn_days": (7, 45),
    "certificate_years": (1, 2),
}
POINTS: Final = {"ten": 10, "twelve": 12, "hundred": 100, "criteria": 100}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the act: a kind of work with its weight."""

    name: str
    short: str
    weight: int
    is_control: bool

    @classmethod
    def all_of(cls, data: list[dict[str, Any]]) -> list["Line"]:
        """As kept in ``ActDraft.works``."""
        return [cls(one["name"], one["short"], one["weight"], one["is_control"]) for one in data]


@dataclass(slots=True)
class Written:
    """What was written into the form, and what is wrong with it by field."""

    rules: Rules
    works: list[Line]
    errors: dict[str, str] = field(default_factory=dict)


def read_act(form: Mapping[str, str]) -> Written:
    """Rules and lines of a form; what can't be read is named in ``errors`` and keeps its default."""
    errors: dict[str, str] = {}
    whole = {name: _whole(form, name, span, errors) for name, span in NUMBERS.items()}
    rules = Rules(
        sure_from={mark: _hundredths(form, f"sure-{mark}", errors) for mark in MARKS},
        possible_from={mark: _hundredths(form, f"possible-{mark}", errors) for mark in MARKS},
        least_marks={hours: _whole(form, f"least-{hours}", (1, 30), errors) for hours in HOURS},
        control_floor={mark: least for mark in (5, 4) if (least := _whole(form, f"floor-{mark}", (0, 5), errors)) > 2},
        retake=BESIDE if form.get("retake") == BESIDE else INSTEAD,
        unmarked_terms={
            level: terms for level in (1, 2) if (terms := _whole(form, f"unmarked-{level}", (0, WHOLE_YEAR), errors))
        },
        systems={
            name: {mark: _whole(form, f"{name}-{mark}", (0, most), errors) for mark in MARKS}
            for name, most in POINTS.items()
        },
        year_ties=form.get("year_ties", UP) if form.get("year_ties") in {UP, LAST, DECIDE} else UP,
        certificate_exam=form.get("certificate_exam") == "yes",
        presence=read_codes(form, errors),
        **whole,
    )
    works = _lines(form, errors)
    _check(rules, works, errors)
    return Written(rules, works, errors)


def fields_of(rules: Rules, works: list[Line]) -> dict[str, str]:
    """The same act as the fields of its form: ``read_act`` of them gives it back."""
    made = {name: str(getattr(rules, name)) for name in NUMBERS}
    for mark in MARKS:
        made[f"sure-{mark}"], made[f"possible-{mark}"] = (
            _comma(rules.sure_from[mark]),
            _comma(rules.possible_from[mark]),
        )
        made |= {f"{name}-{mark}": str(rules.systems[name][mark]) for name in POINTS}
    made |= {f"least-{hours}": str(rules.least_marks.get(hours, 3)) for hours in HOURS}
    made |= {f"floor-{mark}": str(rules.control_floor.get(mark, 0)) for mark in (5, 4)}
    made |= {f"unmarked-{level}": str(rules.unmarked_terms.get(level, 0)) for level in (1, 2)}
    made |= {
        "retake": rules.retake,
        "year_ties": rules.year_ties,
        "certificate_exam": "yes" if rules.certificate_exam else "no",
    }
    made |= code_fields(rules.presence)
    for n, one in enumerate(works):
        made |= {f"work-{n}": one.name, f"short-{n}": one.short, f"weight-{n}": str(one.weight)}
        if one.is_control:
            made[f"control-{n}"] = "yes"
    return made


def _lines(form: Mapping[str, str], errors: dict[str, str]) -> list[Line]:
    made = []
    for n in range(MOST_WORKS):
        name = form.get(f"work-{n}", "").strip()[:60]
        if name:
            short = form.get(f"short-{n}", "").strip()[:6] or name[:3]
            weight = _whole(form, f"weight-{n}", (1, MOST_WEIGHT), errors)
            made.append(Line(name, short, weight, bool(form.get(f"control-{n}"))))
    return made


def _check(rules: Rules, works: list[Line], errors: dict[str, str]) -> None:
    for mark in MARKS:
        if rules.possible_from[mark] > rules.sure_from[mark]:
            errors.setdefault(f"possible-{mark}", _("The zone where the teacher decides lies below the threshold."))
        if mark < 5 and rules.sure_from[mark] > rules.possible_from[mark + 1]:
            errors.setdefault(f"sure-{mark}", _("A lower mark can't need more than a higher one."))
    for name, table in rules.systems.items():
        if not table[5] > table[4] > table[3]:
            errors.setdefault(f"{name}-5", _("A higher mark needs more points."))
    names = [one.name.casefold() for one in works]
    if not works:
        errors.setdefault("work-0", _("The act needs at least one kind of work."))
    elif len(set(names)) < len(names):
        errors.setdefault("work-0", _("Two kinds of work have the same name."))


def _whole(form: Mapping[str, str], name: str, span: tuple[int, int], errors: dict[str, str]) -> int:
    text = form.get(name, "").strip()
    least, most = span
    if text.isascii() and text.isdigit() and len(text) < 4 and least <= int(text) <= most:
        return int(text)
    errors[name] = _("A whole number from %(least)s to %(most)s.", least=least, most=most)
    return least


def _hundredths(form: Mapping[str, str], name: str, errors: dict[str, str]) -> int:
    whole, _sign, rest = form.get(name, "").strip().replace(",", ".").partition(".")
    if whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit() and len(rest) <= 2)):
        made = int(whole) * 100 + int(rest.ljust(2, "0") or 0)
        if 200 <= made <= 500:
            return made
    errors[name] = _("A mean from 2 to 5, for example 4,60.")
    return 200


def _comma(hundredths: int) -> str:
    return f"{hundredths // 100},{hundredths % 100:02}"
