"""Connecting and ending browsers that are told by web push."""

from typing import cast
from urllib.parse import urlsplit

from sqlalchemy import Table, delete, exists, insert

from school.core import clock
from school.core.access import Actor
from school.core.config import current_settings
from school.core.database import db, new_id
from school.core.jobs import every
from school.notices.models import PushSubscription
from school.notices.push import is_key, is_push_server
from school.notices.queries.ways import Device, is_alive, sign_in

subscription = cast("Table", PushSubscription.__table__)
AN_HOUR = 3600.0
MOST_CHARACTERS = 1000


class NotAPushServer(Exception):
    """What the browser gave is no address of a push server that we know, or no keys."""


def subscribe(actor: Actor, endpoint: str, p256dh: str, auth: str) -> None:
    """This browser is told from now on, until it signs out. A browser belongs to who connected it last."""
    servers = current_settings().push_servers
    if len(endpoint) > MOST_CHARACTERS or not is_push_server(endpoint, servers) or not is_key(p256dh, auth):
        raise NotAPushServer(urlsplit(endpoint).netloc)
    mine = (subscription.c.account_id == actor.account_id) & (subscription.c.sign_in_id == actor.sign_in_id)
    db.session.execute(delete(subscription).where((subscription.c.endpoint == endpoint) | mine))
    db.session.execute(
        insert(subscription).values(
            id=new_id(),
            account_id=actor.account_id,
            sign_in_id=actor.sign_in_id,
            endpoint=endpoint,
            p256dh=p256dh,
            auth=auth,
            made_at=clock.now(),
        )
    )


def end_device(_actor: Actor, device: Device) -> None:
    """Tell this browser no more."""
    db.session.execute(delete(subscription).where(subscription.c.id == device.id))


@every(AN_HOUR, "forget signed-out devices")
def forget_devices() -> int:
    """Devices whose sign-in is over are not told from that moment on; here they are forgotten too."""
    alive = exists().where(sign_in.c.id == subscription.c.sign_in_id, is_alive())
    return db.session.execute(delete(subscription).where(~alive)).rowcount  # type: ignore[attr-defined, no-any-return]
