"""What can't be done with a plan, in words for the person who tried."""


class CannotPlan(Exception):
    """The reason is said in the reader's language; nothing has changed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
