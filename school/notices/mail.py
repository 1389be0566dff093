"""Letters by SMTP: plain text, HTML beside it, marked as written by a program."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from school.core import clock
from school.core.config import MailSettings

SECONDS = 20.0


class Undelivered(Exception):
    """The mail server is away, or did not take the letter now; later it may."""


class Refused(Exception):
    """The mail server will never take this letter: there is no such address."""


def letter(
    sender: str,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    *,
    name: str,
    more: dict[str, str] | None = None,
) -> EmailMessage:
    """A letter; ``name`` makes its Message-ID, so that the same one sent twice is seen to be the same."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, " ".join(subject.split())
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = f"<{name}@{sender.rpartition('@')[2].strip('> ')}>"
    made["Auto-Submitted"] = "auto-generated"
    for header, value in (more or {}).items():
        made[header] = value
    made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def post(settings: MailSettings, made: EmailMessage) -> None:
    """Hand a letter over; raises ``Undelivered`` and ``Refused``."""
    try:
        with _connect(settings) as server:
            if settings.user:
                server.login(settings.user, settings.password)
            server.send_message(made)
    except smtplib.SMTPRecipientsRefused as why:
        codes = [code for code, _words in why.recipients.values()]
        raise (Refused if all(code >= 500 for code in codes) else Undelivered)(str(codes)) from why
    except (OSError, smtplib.SMTPException) as why:
        raise Undelivered(f"{type(why).__name__}: {why}") from why


def _connect(settings: MailSettings) -> smtplib.SMTP:
    if settings.is_tls:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=SECONDS, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    return server
