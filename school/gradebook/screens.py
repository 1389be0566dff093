"""The heads of the grid, put into words once for a page."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from school.core import clock
from school.core.languages import gettext as _
from school.gradebook.codes import legend
from school.gradebook.days import day_and_month, month
from school.gradebook.drawing import Head
from school.gradebook.journal import Journal
from school.gradebook.presence import USUAL, Codes, caps_of, codes_of_keys
from school.gradebook.queries.grid import Grid, GridColumn
from school.gradebook.wording import system_name

NOBODY = "00000000-0000-0000-0000-000000000000"
"""Stands in an address for the ids that are put in later: making an address takes its time."""


def heads_of(grid: Grid, locale: str, *, keeps: bool, opens: bool) -> list[Head]:
    """One for each column; it leads to the column's page for whoever keeps columns, for others who open lessons to the lesson.

    Addresses are cut from patterns: sixty calls of ``url_for`` would cost a millisecond.
    """
    school_id, course_id = grid.journal.school_id, grid.journal.id
    made_url = url_for("gradebook.column", school_id=school_id, course_id=course_id, column_id=NOBODY)
    new_url = url_for("gradebook.add_column", school_id=school_id, course_id=course_id, lesson=NOBODY)
    lesson_url = url_for("classes.lesson", school_id=school_id, lesson_id=NOBODY)
    today = clock.today()
    heads = []
    for one in grid.columns:
        column_id, lesson_id = str(one.id), str(one.lesson_id)
        if keeps:
            url = made_url.replace(NOBODY, column_id) if one.is_made else new_url.replace(NOBODY, lesson_id)
        else:
            url = lesson_url.replace(NOBODY, lesson_id) if opens else ""
        kind = _kind(one, today)
        system = one.system or ""
        if one.criteria:
            system += "".join(f" {each.most}" for each in one.criteria)
        words = _words(locale, one.on_date, one.work, one.title or one.topic, one.is_held, one.weight, one.system)
        names = tuple(each.name for each in one.criteria) if one.criteria else ()
        heads.append(
            Head(column_id, lesson_id, one.on_date.day, one.short, words, one.weight, url, kind, system, names)
        )
    return heads


def marks_url_of(journal: Journal) -> Callable[[uuid.UUID], str]:
    """The address of a pupil's marks, for a whole class."""
    pattern = url_for("gradebook.pupil_marks", school_id=journal.school_id, pupil_id=NOBODY)
    return lambda pupil_id: pattern.replace(NOBODY, str(pupil_id))


def months_of(grid: Grid, locale: str) -> list[tuple[str, int]]:
    """The months over the columns, and how many columns each spans."""
    return [
        (month(number, locale), len(list(some))) for number, some in groupby(one.on_date.month for one in grid.columns)
    ]


def _kind(one: GridColumn, today: date) -> str:
    if not one.is_held:
        return "none"
    if one.on_date >= today:
        return "today" if one.on_date == today else "later"
    return "check" if one.is_control else ""


@lru_cache(maxsize=8192)
def _words(locale: str, on: date, work: str, about: str, is_held: bool, weight: int, system: str | None) -> str:
    """What a column is, in the language of the request, which is ``locale``: the same until somebody changes it."""
    parts = [day_and_month(on, locale), work, about]
    if not is_held:
        parts.append(_("no lesson"))
    if weight > 1:
        parts.append(_("weight %(weight)s", weight=weight))
    if system:
        parts.append(system_name(system))
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds every grid alike."""

    texts: Markup
    bar: Markup
    legend: Markup
    """For the help: what is shown for presence in a school whose act names codes of its own."""


@lru_cache(maxsize=1024)
def around_of(_locale: str, may_write: bool, is_locked: bool, codes: Codes) -> Around:
    """Texts and keys around the grid, drawn once for a language (the request's, by which it is kept) and a school's codes."""
    module: Any = current_app.jinja_env.get_template("gradebook/_grid_frame.html").module
    texts = module.texts(json.dumps(codes_of_keys(codes), ensure_ascii=False))
    bar = module.bar(may_write, is_locked, caps_of(codes))
    told = module.legend(legend(codes)) if codes != USUAL else ""
    return Around(Markup(texts), Markup(bar), Markup(told))  # noqa: S704 - made by the template
