"""Signed, short-lived links of the disk storage: what the address says, and what is answered to it."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

from content_library.storage import LinkRefused
from content_library.storage.disposition import disposition
from content_library.storage.ranges import ByteRange


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the holder of a link may do."""

    verb: Literal["get", "put"]
    key: str
    content_type: str
    filename: str = ""
    download: bool = False
    size: int = 0
    """Bytes announced for a PUT."""
    part: int = 0
    """Number of the part in an upload in parts; 0 for a whole file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer in plain values."""

    status: int
    headers: dict[str, str]
    body: Iterator[bytes]


class Tickets:
    """Issues and checks tickets by one secret."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._signer = URLSafeSerializer(secret, salt="content_library.storage.disk")
        self._clock = clock

    def issue(self, ticket: Ticket, seconds: int) -> str:
        """A token that is good for ``seconds``."""
        return str(self._signer.dumps([int(self._clock()) + seconds, asdict(ticket)]))

    def check(self, token: str, verb: Literal["get", "put"]) -> Ticket:
        """The ticket of a token. Raises ``LinkRefused`` when it was changed, is over or is for another verb."""
        try:
            until, values = self._signer.loads(token)
        except BadData:
            raise LinkRefused("the link was changed on its way") from None
        if self._clock() > until:
            raise LinkRefused("the time of the link is over")
        ticket = Ticket(**values)
        if ticket.verb != verb:
            raise LinkRefused(f"the link is not for {verb}")
        return ticket


def answer_headers(ticket: Ticket, size: int, part: ByteRange | None) -> dict[str, str]:
    """Headers of a whole file or of its part."""
    headers = {
        "Content-Type": ticket.content_type,
        "Content-Length": str(part.length if part else size),
        "Content-Disposition": disposition(ticket.filename, ticket.content_type, download=ticket.download),
        "Accept-Ranges": "bytes",
        "ETag": f'"{ticket.key}"',
        "Cache-Control": "private, max-age=300",
        "X-Content-Type-Options": "nosniff",
    }
    if part:
        headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return headers
