"""What can't be done with classes and lessons, in words for the person who tried."""


class CannotDo(Exception):
    """The reason is said in the reader's language; nothing has changed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Clash(CannotDo):
    """A teacher, a room or pupils would be in two places at once."""
