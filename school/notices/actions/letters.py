"""A person's address for letters: kept only when the link in a letter sent there was opened by the same account."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from flask_babel import force_locale
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Table, select

from school.core import clock
from school.core.access import Actor
from school.core.config import Settings, current_settings
from school.core.database import db
from school.core.jobs import CannotBeDone, enqueue, handler, outside_database
from school.core.languages import gettext as _
from school.core.pages import drawn
from school.notices.actions.settings import keep_mail
from school.notices.actions.wording import Line
from school.notices.mail import Refused, letter, post
from school.notices.models import NoticeSetting
from school.people.models import Account

CONFIRM = "notices.confirm"
GOOD_FOR = timedelta(days=2)

setting = cast("Table", NoticeSetting.__table__)
account = cast("Table", Account.__table__)


def send_confirmation(actor: Actor, mail: str) -> None:
    """Send a link to the address; nothing else is ever sent there before the link was opened."""
    keep_mail(actor, mail_asked=mail)
    enqueue(CONFIRM, {"account_id": actor.account_id}, key=f"{CONFIRM}:{actor.account_id}")


def confirm_mail(actor: Actor, token: str) -> bool:
    """Keep the address of the link; False for somebody else's link, an old one, or one that was asked for no more."""
    try:
        given: dict[str, Any] = _signer(current_settings()).loads(token)
    except BadData:
        return False
    asked = db.session.scalar(select(setting.c.mail_asked).where(setting.c.account_id == actor.account_id))
    in_time = datetime.fromisoformat(given["until"]) > clock.now()
    if given["account"] != actor.account_id.hex or given["mail"] != asked or not in_time:
        return False
    keep_mail(actor, mail=given["mail"], mail_asked=None)
    return True


def forget_mail(actor: Actor) -> None:
    """No letters any more."""
    keep_mail(actor, mail=None, mail_asked=None)


def mail_of(actor: Actor) -> tuple[str | None, str | None]:
    """The confirmed address, and one that waits for its owner."""
    row = db.session.execute(
        select(setting.c.mail, setting.c.mail_asked).where(setting.c.account_id == actor.account_id)
    ).first()
    return (row[0], row[1]) if row else (None, None)


@handler(CONFIRM, lane="slow")
def send_link(payload: dict[str, Any]) -> None:
    """The letter with the link, in the language of its reader."""
    settings = current_settings()
    account_id = uuid.UUID(payload["account_id"])
    row = db.session.execute(
        select(setting.c.mail_asked, account.c.locale)
        .join(account, account.c.id == setting.c.account_id)
        .where(setting.c.account_id == account_id)
    ).first()
    if row is None or row[0] is None or settings.mail is None:
        return
    mail, locale = row
    until = (clock.now() + GOOD_FOR).isoformat()
    token = _signer(settings).dumps({"account": account_id.hex, "mail": mail, "until": until})
    with force_locale(locale):
        subject = _("Confirm your address")
        text = _(
            "Somebody signed in at the school's site asked for notices to be sent here. If it was you, open this link:\n\n"
            "%(link)s\n\nIf not, do nothing: no letters will come.",
            link=f"{site_of(settings)}/notices/mail/confirm/{token}",
        )
    with outside_database():
        try:
            post(settings.mail, letter(settings.mail.sender, mail, subject, text, name=uuid.uuid4().hex))
        except Refused as why:
            raise CannotBeDone(str(why)) from why


def letter_of(title: str, lines: Sequence[Line], path: str, school: str, site: str, locale: str) -> tuple[str, str]:
    """A letter with news as text and as HTML, in the language that is set: what there is, the way there, who writes, how to change it."""
    several = len(lines) > 1
    act = _("Open on the school's site")
    more = _(
        "This letter was sent automatically: please do not answer it. Marks and reasons are shown on the site only."
    )
    when = _("Choose when and what you are told about")
    said = [f"— {words}" if several else words for words, _path in lines]
    text = [_("Hello!"), "", title, *said, "", f"{act}: {site}{path}", "", "—", school]
    text += ["", more, f"{when}: {site}/notices/settings", ""]
    html = drawn(
        "notices/letter.html",
        title=title,
        lines=[(words, site + to) for words, to in lines],
        act=act,
        url=site + path,
        school=school,
        more=more,
        when=when,
        settings_url=f"{site}/notices/settings",
        locale=locale,
        hello=_("Hello!"),
    )
    return "\n".join(text), html


def site_of(settings: Settings) -> str:
    """How people reach the site."""
    return settings.site_url or f"http://{settings.host}:{settings.port}"


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt="notices.mail")
