"""A school of the city."""

from sqlalchemy import SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base


class School(Base):
    """One legal school; it may have several buildings. Its id is an integer for ever: rows are spread by it."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    short_name: Mapped[str]
    """As people say it: «Школа № 1234»."""
    district: Mapped[str] = mapped_column(default="")
    """Administrative district (округ) for the city's figures."""
    external_id: Mapped[str | None] = mapped_column(unique=True)
    """The id the city's registers know it by; ``orgs.sourcedId`` of a roster."""
    cards_to_year: Mapped[int] = mapped_column(SmallInteger, default=4)
    """Pupils up to this year level may sign in by a printed card; 0: nobody. Never adults."""
