"""Who acts when an import is made by a command: the one who runs the server, without an account in the city."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Server:
    """Nobody of the school."""

    account_id: uuid.UUID | None = None
    member_id: uuid.UUID | None = None
    on_behalf_of: uuid.UUID | None = None


SERVER = Server()
