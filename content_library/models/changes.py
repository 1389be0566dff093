"""The library's change numbers: what the copies of the search index follow."""

import uuid

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content_library.database import Id, LibraryBase


class LibraryChange(LibraryBase):
    """One row: the number of the newest change that readers may see. Whoever changes holds this row until the commit, so
    numbers become visible in their order and a follower that has seen 7 has not missed 6."""

    __tablename__ = "library_change"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[uuid.UUID] = mapped_column(Id)
    """Which database this is: an index made from another one is not continued."""
    last: Mapped[int] = mapped_column(BigInteger)
