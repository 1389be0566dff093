"""What can't be done with an extra lesson, in words for the person who tried."""


class CannotOffer(Exception):
    """The reason is said in the reader's language; nothing has changed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
