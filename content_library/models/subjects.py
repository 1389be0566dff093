"""School subjects and the framework of their topics: reference rows of the whole city."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content_library.database import LibraryBase


class Subject(LibraryBase):
    """A school subject, the same for every school of the city."""

    __tablename__ = "subject"
    __table_args__ = (CheckConstraint("tint BETWEEN 0 AND 11", name="tint"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Fixed by the reference list in ``content_library.subjects``."""
    code: Mapped[str] = mapped_column(String(32), unique=True)
    """An English word for imports and tests, such as ``maths``."""
    name_ru: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    short_ru: Mapped[str] = mapped_column(String(16))
    """For narrow cells of a timetable."""
    tint: Mapped[int] = mapped_column(SmallInteger)
    """Index of the design system's twelve subject tints, 0 to 11."""
    sort: Mapped[int] = mapped_column(SmallInteger)
    """The usual order of a Russian school's curriculum."""


class Topic(LibraryBase):
    """A node of a subject's thematic framework; plans, units and items hang on it."""

    __tablename__ = "topic"
    __table_args__ = (
        UniqueConstraint("subject_id", "code"),
        CheckConstraint("year_level BETWEEN 1 AND 11", name="year_level"),
        CheckConstraint("valid_from <= valid_to", name="valid"),
        Index(None, "subject_id", "year_level", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    """The wider topic; empty at the top of the tree."""
    code: Mapped[str] = mapped_column(String(64))
    """Unique in its subject, such as ``5.2.1``."""
    title: Mapped[str] = mapped_column(String(300))
    year_level: Mapped[int] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(default=0)
    """Order among the topics of one parent."""
    valid_from: Mapped[date | None]
    """First day on which it is taught so; empty when it always was."""
    valid_to: Mapped[date | None]
    """Last such day; empty while it is. Units and lessons that hang on a retired topic stay there."""

    def is_valid(self, on: date) -> bool:
        """Whether it belongs to the framework on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class TopicNeed(LibraryBase):
    """A topic that rests on another one: that one comes first. The whole graph has no cycles, see ``frameworks.graph``."""

    __tablename__ = "topic_need"
    __table_args__ = (CheckConstraint("topic_id <> needs_id", name="another"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    needs_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True, index=True)
    """May be of another subject: physics of year 7 needs the fractions of year 6."""
