"""Where higher features join in: parts of the review page (the journal's mark), registered when they are imported."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from school.core.access import Actor
from school.homework.seen import SeenHomework, SeenWork

Context = Callable[[Actor, SeenHomework, SeenWork], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """A template shown in the review of one work, beside the comment; it is given what ``context`` answers as ``part``."""

    template: str
    context: Context


REVIEW_PARTS: list[ReviewPart] = []
"""In the order in which they are shown. Digits 2 to 5 are theirs; letters j and k, arrows and Alt with digits are ours."""


def parts_of_review(actor: Actor, homework: SeenHomework, work: SeenWork) -> list[tuple[str, dict[str, Any]]]:
    """Templates of the parts with their contexts for one work."""
    return [(part.template, part.context(actor, homework, work)) for part in REVIEW_PARTS]
