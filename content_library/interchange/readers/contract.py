"""What every reader can do."""

from typing import Protocol

from content_library.interchange.found import Found
from content_library.interchange.media import Media
from content_library.interchange.source import Source


class Reader(Protocol):
    """Reads one format. Stateless: the same file always gives the same result."""

    @property
    def format(self) -> str:
        """How the format is called in reports."""
        ...

    def recognises(self, source: Source) -> bool:
        """Whether the file is of this format, by what is in it; never raises for another format."""
        ...

    def read(self, source: Source, media: Media) -> Found:
        """Everything that can be taken, and a refusal for each thing that can't.

        Raises ``Refused`` only when nothing of the file can be read.
        """
        ...
