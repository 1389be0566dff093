"""Telling people, carrying the news out of the site, and what each person chose about it."""

from school.notices.actions.delivering import deliver
from school.notices.actions.devices import NotAPushServer, end_device, subscribe
from school.notices.actions.letters import confirm_mail, forget_mail, mail_of, send_confirmation
from school.notices.actions.sending import send
from school.notices.actions.settings import TRIAL, choose, try_out
from school.notices.actions.telling import News, prune, see, see_about, see_all, settle, settle_about, tell, turn

__all__ = [
    "TRIAL",
    "News",
    "NotAPushServer",
    "choose",
    "confirm_mail",
    "deliver",
    "end_device",
    "forget_mail",
    "mail_of",
    "prune",
    "see",
    "see_about",
    "see_all",
    "send",
    "send_confirmation",
    "settle",
    "settle_about",
    "subscribe",
    "tell",
    "try_out",
    "turn",
]
