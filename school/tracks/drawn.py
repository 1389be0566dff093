"""The long lists of a pupil's way as HTML: a map has seventy topics, most of them the same for all pupils of a city.

Titles pass ``escape`` here; the rest are digits, words of the catalogue and pieces of the design system.
"""

import uuid
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pieces import Pieces
from school.mastery.queries import KnownTopic
from school.tracks import words
from school.tracks.seen import SeenStep


def topic_lines(topics: Sequence[KnownTopic]) -> Markup:
    """A shelf of the map."""
    return Markup("".join([_topic(one.tint, one.topic.title, one.subject) for one in topics]))  # noqa: S704 - see above


@lru_cache(maxsize=8192)
def _topic(tint: int, title: str, subject: str) -> str:
    return (
        f'<li data-tint="{tint}"><span>{escape(title)}</span><span class="text-2 text-s">{escape(subject)}</span></li>'
    )


def step_lines(steps: Sequence[SeenStep], current: uuid.UUID | None) -> Markup:
    """The steps of a track in their order; ``current`` is the next one."""
    pieces = Pieces(language())
    return Markup("".join([_step(one, current, pieces) for one in steps]))  # noqa: S704 - see above


def _step(step: SeenStep, current: uuid.UUID | None, pieces: Pieces) -> str:
    attributes = ' aria-current="step"' if step.id == current else ""
    said = words.kind(step)
    if step.is_done:
        attributes, said = f" data-done{attributes}", f"{said}, {_('done')}"
    return (
        f"<li{attributes}>{pieces.icon(words.icon(step))}<span>{escape(step.title)}"
        f' <span class="text-2 text-s">{escape(said)}</span></span></li>'
    )
