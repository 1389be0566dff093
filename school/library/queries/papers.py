"""The questions of a version on paper: variants by number, each with its right answers on a sheet apart."""

from dataclasses import dataclass

from content_library import Item, UnitVersion, shelf
from school.core.database import db
from school.library.queries.reading import ShownItem, item_on_paper, picture_files
from school.tasks import kinds
from school.tasks.kinds.contract import BrokenSpec, Unreadable

MOST_VARIANTS = 6


@dataclass(frozen=True, slots=True)
class Solved:
    """A question's right answer and the reason."""

    right: str
    why: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One variant: questions, and beside them what is right."""

    number: int
    items: tuple[ShownItem, ...]
    solved: tuple[Solved, ...]

    @property
    def points(self) -> int:
        """What all questions are worth."""
        return sum(item.points for item in self.items)


def papers_of(version: UnitVersion, count: int) -> list[Paper]:
    """As many variants: other orders, and other numbers where the question has some. The first is the same for ever."""
    items, pictures = shelf.items_of(db.session(), version), picture_files(version)
    return [
        Paper(
            number,
            tuple(item_on_paper(item, *pictures, seed=number - 1) for item in items),
            tuple(_solved(item, number - 1) for item in items),
        )
        for number in range(1, min(max(count, 1), MOST_VARIANTS) + 1)
    ]


def _solved(item: Item, seed: int) -> Solved:
    kind = kinds.KINDS.get(item.kind)
    if kind is None:
        return Solved("", "", ())
    try:
        answer = kind.parse(kind.examples(item.spec, seed).right)
        shown = kind.present(item.spec, seed, answer, kind.grade(item.spec, seed, answer))
        return Solved(shown.right, shown.why, tuple(kinds.hints_for(kind, item.spec, seed)))
    except (BrokenSpec, Unreadable, KeyError, IndexError, TypeError, ValueError):
        # A draft may hold a question that its author has not finished: its sheet says nothing of it.
        return Solved("", "", ())
