"""What a pilot can't do."""


class CannotPilot(Exception):
    """``why`` is a sentence for whoever asked."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
