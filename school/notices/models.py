"""What somebody was told, and whether they have seen it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, SchoolOwned, of_school


class Notice(SchoolOwned, Base):
    """News for one account from one school. How many are unseen is kept in ``Account.unread``, so the frame asks nothing."""

    __tablename__ = "notice"
    __table_args__ = (
        of_school(),
        UniqueConstraint("school_id", "account_id", "key"),
        Index("ix_notice_account", "school_id", "account_id", "made_at"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str]
    """Says who puts it into words: ``school.notices.hooks.says``."""
    key: Mapped[str]
    """What happened: the same thing is told to the same person once."""
    pupil_id: Mapped[uuid.UUID | None]
    """Whom it is about; no foreign key, since notices are pruned by their own age."""
    thing_id: Mapped[uuid.UUID | None]
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Names, numbers and days for the sentence; nothing that must stay hidden on a locked screen."""
    urgent: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
