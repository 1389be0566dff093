"""How people wish to be told, and by which ways they can be: settings, devices, confirmed addresses."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, or_, select

from school.core import clock
from school.core.access import Actor
from school.core.database import db
from school.notices.hooks import Topic
from school.notices.models import Channel, NoticeSetting, PushSubscription
from school.notices.windows import FAMILY, STAFF, Windows
from school.people.models import Account, Role, SignIn

setting = cast("Table", NoticeSetting.__table__)
account = cast("Table", Account.__table__)
role = cast("Table", Role.__table__)
subscription = cast("Table", PushSubscription.__table__)
sign_in = cast("Table", SignIn.__table__)


class Way(StrEnum):
    """What a person may choose for a topic."""

    DEVICE = "device"
    """A push; a letter where no device is connected."""
    MAIL = "mail"
    SITE = "site"
    """Nothing leaves the site."""


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is told."""

    id: uuid.UUID
    account_id: uuid.UUID
    sign_in_id: uuid.UUID
    name: str
    made_at: datetime
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """How one person is told."""

    account_id: uuid.UUID
    locale: str
    windows: Windows
    ways: dict[str, str]
    mail: str | None
    devices: tuple[Device, ...] = ()

    def way_of(self, topic: Topic) -> Way:
        """What was chosen; news of the library stay on the site unless somebody asks for more."""
        return Way(self.ways.get(topic.value, Way.SITE if topic == Topic.LIBRARY else Way.DEVICE))

    def channel_of(self, topic: Topic, *, urgent: bool, letters: bool) -> Channel | None:
        """The one way by which a piece of news leaves; urgent ones leave whatever was chosen. ``letters``: can be sent at all."""
        mail = Channel.MAIL if self.mail and letters else None
        way = self.way_of(topic)
        if way == Way.SITE and not urgent:
            return None
        if way == Way.MAIL and mail:
            return mail
        return Channel.PUSH if self.devices else mail


def told_by(accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, Told]:
    """How these people are told. Three statements, whatever their number; closed accounts are left out."""
    rows = db.session.execute(
        select(
            account.c.id,
            account.c.locale,
            setting.c.quiet_from,
            setting.c.quiet_to,
            setting.c.quiet_weekends,
            setting.c.once_a_day,
            setting.c.ways,
            setting.c.mail,
        )
        .outerjoin(setting, setting.c.account_id == account.c.id)
        .where(account.c.id.in_(accounts), account.c.closed_at.is_(None))
    ).all()
    staff = _staff(accounts)
    devices = devices_of(accounts)
    found = {}
    for account_id, locale, quiet_from, quiet_to, weekends, once_a_day, ways, mail in rows:
        windows = STAFF if account_id in staff else FAMILY
        if quiet_from is not None:
            windows = Windows(quiet_from, quiet_to, weekends, once_a_day)
        found[account_id] = Told(account_id, locale, windows, ways or {}, mail, tuple(devices.get(account_id, ())))
    return found


def windows_of(account_id: uuid.UUID) -> Windows:
    """One person's hours."""
    found = told_by([account_id]).get(account_id)
    return found.windows if found else replace(FAMILY)


def devices_of(accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Device]]:
    """The connected browsers whose sign-in is still alive."""
    found: dict[uuid.UUID, list[Device]] = {}
    for row in db.session.execute(
        select(
            subscription.c.id,
            subscription.c.account_id,
            subscription.c.sign_in_id,
            sign_in.c.device,
            subscription.c.made_at,
            subscription.c.endpoint,
            subscription.c.p256dh,
            subscription.c.auth,
        )
        .join(sign_in, sign_in.c.id == subscription.c.sign_in_id)
        .where(subscription.c.account_id.in_(accounts), is_alive())
        .order_by(subscription.c.made_at, subscription.c.id)
    ):
        found.setdefault(row[1], []).append(Device(*row))
    return found


def is_alive() -> ColumnElement[bool]:
    """The sign-in a device was connected by has neither ended nor run out, and is of the same account."""
    return and_(
        sign_in.c.account_id == subscription.c.account_id,
        sign_in.c.ended_at.is_(None),
        sign_in.c.expires_at > clock.now(),
    )


def get_device(actor: Actor, device_id: uuid.UUID) -> Device | None:
    """One of the actor's own."""
    mine = devices_of([actor.account_id]).get(actor.account_id, [])
    return next((one for one in mine if one.id == device_id), None)


def _staff(accounts: Collection[uuid.UUID]) -> set[uuid.UUID]:
    today = clock.today()
    return set(
        db.session.scalars(
            select(role.c.account_id).where(
                role.c.account_id.in_(accounts),
                role.c.kind.not_in(("pupil", "parent")),
                role.c.from_on <= today,
                or_(role.c.to_on.is_(None), role.c.to_on >= today),
            )
        )
    )
