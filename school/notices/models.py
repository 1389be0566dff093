"""What somebody was told, whether they have seen it, and the one message that carried it out of the site."""

import uuid
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, SchoolOwned, new_id, of_school


class Notice(SchoolOwned, Base):
    """News for one account from one school. How many are unseen is kept in ``Account.unread``, so the frame asks nothing."""

    __tablename__ = "notice"
    __table_args__ = (
        of_school(),
        UniqueConstraint("school_id", "account_id", "key"),
        Index("ix_notice_account", "school_id", "account_id", "made_at"),
        Index(
            "ix_notice_look_at",
            "school_id",
            "look_at",
            sqlite_where=text("look_at IS NOT NULL"),
            postgresql_where=text("look_at IS NOT NULL"),
        ),
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
    ready_at: Mapped[datetime | None]
    """From when on it may leave the site; later than ``made_at`` for the family, since the pupil comes first."""
    look_at: Mapped[datetime | None]
    """When to decide again whether it leaves now; null once it has left or never will."""
    dispatch_id: Mapped[uuid.UUID | None]
    """The one message that carried it. Written before anything is sent, so no crash makes two."""


class Channel(StrEnum):
    """How news leave the site."""

    PUSH = "push"
    MAIL = "mail"


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    GONE = "gone"
    """Every device it was for is signed out or has ended its subscription, and there is no other way."""
    LOST = "lost"
    """The worker died while sending: it may have arrived, so it is not sent again."""


class Dispatch(SchoolOwned, Base):
    """One message to one person: a push to their devices or a letter. Holds no value that a locked screen may not show."""

    __tablename__ = "dispatch"
    __table_args__ = (of_school(), Index("ix_dispatch_account", "school_id", "account_id", "made_at"))

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    channel: Mapped[str]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str]
    lines: Mapped[list[tuple[str, str]]] = mapped_column(JSON)
    """Words, and the address on this site of what they speak of."""
    path: Mapped[str]
    """Where a press leads, on this site."""
    locale: Mapped[str] = mapped_column(default="ru")
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    """Kept in a transaction of its own before the first byte leaves."""
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class NoticeSetting(Base):
    """What a person chose about their notices; without a row ``school.notices.windows`` has the defaults."""

    __tablename__ = "notice_setting"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    quiet_from: Mapped[time]
    quiet_to: Mapped[time]
    quiet_weekends: Mapped[bool] = mapped_column(default=False)
    once_a_day: Mapped[bool] = mapped_column(default=False)
    ways: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Topic to ``Way``; topics that are not here take the default."""
    mail: Mapped[str | None]
    """An address that its owner has confirmed from a letter."""
    mail_asked: Mapped[str | None]
    """One that a letter for confirming was sent to."""


class PushSubscription(Base):
    """A browser whose owner pressed the button. It ends with the sign-in it was made by, or when its server says it is gone."""

    __tablename__ = "push_subscription"
    __table_args__ = (
        Index("ix_push_subscription_account_id", "account_id"),
        Index("ix_push_subscription_sign_in_id", "sign_in_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    sign_in_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sign_in.id"))
    endpoint: Mapped[str] = mapped_column(unique=True)
    p256dh: Mapped[str]
    """The browser's public key, base64url."""
    auth: Mapped[str]
    """The browser's secret, base64url."""
    made_at: Mapped[datetime]
