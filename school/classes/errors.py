"""What can't be done with classes and lessons, in words for the person who tried."""

from collections.abc import Sequence

from school.classes.outcome import ClashLine, Outcome


class CannotDo(Exception):
    """The reason is said in the reader's language; nothing has changed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Clash(CannotDo):
    """A teacher, a room or pupils would be in two places at once."""


class ManyClashes(Clash):
    """Lessons that would go somewhere else together meet others there; ``found`` names every meeting."""

    def __init__(self, why: str, found: Sequence[ClashLine]) -> None:
        super().__init__(why)
        self.found = found


class ToAgree(Exception):
    """Nothing has changed yet: ``outcome`` says what will, and whoever wants it agrees to that."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.mark)
        self.outcome = outcome
