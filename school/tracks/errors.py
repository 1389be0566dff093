"""What can't be done with a track, in a sentence for whoever asked."""


class CannotTrack(Exception):
    """``why`` says what is missing."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
