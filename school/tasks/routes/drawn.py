"""The form of a question, drawn from what it asks and what is chosen in it; whose attempt it is comes in afterwards.

Most questions are the same for all who do them, and drawing twenty costs more than all else of the page. So a form is drawn with
stand-ins where the attempt, its tokens and numbers come, kept, and filled in for each request. What somebody wrote in words of their
own is never kept: such a form is drawn anew, or the words come in as the rest does.
"""

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from school.core import clock
from school.core.languages import language
from school.tasks.kinds import BY_HAND
from school.tasks.seen import Picture, SeenAttempt, ShownItem

KEPT = 2048
CHOSEN = frozenset(
    {
        "single",
        "multiple",
        "matching",
        "grouping",
        "ordering",
        "highlight",
        "number_line",
        "hotspot",
        "labels",
        "plane",
        "graph",
    }
)
"""Kinds answered by choosing and placing: their answers are as few and as alike as the questions."""
WRITTEN = frozenset({"number", "text"})
"""Kinds of one field, in which nothing but the field depends on what is written."""

_MARK = secrets.token_hex(8)
"""Different in each process: no text of an author can hold it."""
_TOKEN, _CLIENT, _PICTURE, _TYPED = (f"{_MARK}-{name}" for name in ("token", "client", "picture", "typed"))
_ATTEMPT = uuid.uuid4()
_POSITION, _NUMBER = (10**17 + secrets.randbelow(10**17), 3 * 10**17 + secrets.randbelow(10**17))


@dataclass(frozen=True, slots=True)
class _StandIn:
    """Where addresses want an attempt."""

    school_id: int
    id: uuid.UUID = _ATTEMPT


@dataclass(frozen=True, slots=True)
class _Form:
    """All that a form is drawn from; equal keys give equal forms."""

    key: tuple[Any, ...]
    item: ShownItem = field(compare=False)
    school_id: int = field(compare=False)
    file_url: Callable[[str], str] | None = field(compare=False, default=None)
    why: str = field(compare=False, default="")
    is_last: bool = field(compare=False, default=False)


def draw_forms(
    attempt: SeenAttempt,
    items: Sequence[ShownItem],
    picture_url: Callable[[Picture], str],
    file_url: Callable[[str], str],
    why: Callable[[ShownItem], str],
) -> list[Markup]:
    """The forms of these questions, in their order; ``why`` says what was wrong with an answer just given."""
    waiting = [one.position for one in items if not one.is_answered]
    token, now = generate_csrf(), clock.now().isoformat()
    made = []
    for item in items:
        html = _drawn(attempt, item, file_url, why(item), waiting in ([], [item.position]))
        client = uuid.uuid5(attempt.id, f"{item.id} {item.number} {now}")
        for stand_in, real in (
            (str(_ATTEMPT), str(attempt.id)),
            (str(_POSITION), str(item.position)),
            (str(_NUMBER), str(item.number)),
            (str(_NUMBER + 1), str(item.number + 1)),
            (_TOKEN, token),
            (_CLIENT, str(client)),
        ):
            html = html.replace(stand_in, real)
        if item.picture is not None:
            html = html.replace(_PICTURE, str(escape(picture_url(item.picture))))
        if _TYPED in html:
            html = html.replace(_TYPED, str(escape(item.text)))  # the last: what is put in is not looked through again
        made.append(Markup(html))  # noqa: S704 - made by the template
    return made


def _drawn(attempt: SeenAttempt, item: ShownItem, file_url: Callable[[str], str], why: str, is_last: bool) -> str:
    bare = replace(item, position=_POSITION, number=_NUMBER)
    alt = item.picture.alt if item.picture is not None else None
    typed: tuple[str, ...] | str = item.typed
    if item.is_answered and item.kind in WRITTEN:
        bare, typed = replace(bare, given={"text": _TYPED}), _TYPED
    key = (language(), attempt.school_id, item.id, item.kind, item.text_of_variant, typed, alt, item.hints, is_last)
    form = _Form(key, bare, attempt.school_id, file_url, why, is_last)
    is_kept = not item.is_answered or item.kind in CHOSEN or item.kind in WRITTEN
    if why or item.kind in BY_HAND or not is_kept or not item.text_of_variant:
        return _draw(form)
    return _kept(form)


def _draw(form: _Form) -> str:
    module: Any = current_app.jinja_env.get_template("tasks/_item.html").module
    return str(
        module.question(
            form.item,
            _StandIn(form.school_id),
            form.why,
            lambda _picture: _PICTURE,
            form.file_url,
            _CLIENT,
            _TOKEN,
            form.is_last,
        )
    )


_kept = lru_cache(KEPT)(_draw)
