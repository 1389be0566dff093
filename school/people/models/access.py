"""Sign-ins, one-time codes, QR cards of small children, and who looked at whose data."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from school.core.database import Base, Id, SchoolOwned, new_id, of_school


class SignIn(Base):
    """One signed-in browser; the cookie holds a random token, this row its hash."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_account_id", "account_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    how: Mapped[str]
    """password, qr or code."""
    device: Mapped[str]
    """A short word for the person's own list: «Chrome, Android»."""
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """Renewed at most once an hour, after a response."""
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AccessCode(Base):
    """A one-time code that lets a human set their password: an invitation, or a reset by school staff."""

    __tablename__ = "access_code"
    __table_args__ = (Index("ix_access_code_account_id", "account_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """Keyed by the server's secret: a code is short enough to be typed, so a plain hash could be searched."""
    kind: Mapped[str] = mapped_column(default="invitation")
    """invitation (nothing was ended) or reset (everything the account signed in by was)."""
    made_by: Mapped[uuid.UUID | None]
    """Account of the teacher or admin; null for imports."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class QrCard(Base):
    """A printed bearer secret of a small child; bound to the first device that shows it."""

    __tablename__ = "qr_card"
    __table_args__ = (Index("ix_qr_card_account_id", "account_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Id, primary_key=True, default=new_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_by: Mapped[uuid.UUID | None]
    made_at: Mapped[datetime]
    device_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Hash of the long-lived device cookie of the first use; null until then."""
    bound_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    """When it was last shown on another device: the teacher is told to print a new one."""
    ended_at: Mapped[datetime | None]


class AccessFact(SchoolOwned, Base):
    """A member of staff opened a page of pupils' data."""

    __tablename__ = "access_fact"
    __table_args__ = (
        of_school(),
        Index("ix_access_fact_pupil", "school_id", "pupil_id", "at"),
        Index("ix_access_fact_group", "school_id", "group_id", "at"),
    )

    at: Mapped[datetime]
    account_id: Mapped[uuid.UUID]
    member_id: Mapped[uuid.UUID | None]
    role: Mapped[str]
    purpose: Mapped[str]
    """The page's own word: gradebook, diary, progress, roster."""
    pupil_id: Mapped[uuid.UUID | None]
    group_id: Mapped[uuid.UUID | None]
    """Set when the page shows a whole group."""
