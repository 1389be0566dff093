"""Where a lesson is, in words: «каб. 312», «спортзал»."""

import re

from flask import Flask

from school.core.languages import gettext as _

_NAMED = re.compile(r"[^\W\d_]{3,}")


def room_words(room: str) -> str:
    """«каб. 312», «каб. А-12»; a place with a name of its own, «спортзал» or «актовый зал 2», stays as it is."""
    return room if not room or _NAMED.match(room) else str(_("room %(room)s", room=room))


def init_app(app: Flask) -> None:
    """Give templates the words of a room as a filter."""
    app.jinja_env.filters["room"] = room_words
