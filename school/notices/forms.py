"""How a person wishes to be told."""

from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Regexp

from school.core.access import Actor
from school.core.languages import gettext as _
from school.notices.hooks import Topic
from school.notices.queries import Told, Way
from school.notices.windows import Windows

OF_FAMILIES = (Topic.MARKS, Topic.ABSENCES, Topic.MESSAGES, Topic.ASKS, Topic.HOMEWORK, Topic.SCHOOL)
OF_STAFF = (
    Topic.MESSAGES,
    Topic.ABSENCES,
    Topic.ASKS,
    Topic.MARKS,
    Topic.HOMEWORK,
    Topic.LIBRARY,
    Topic.SCHOOL,
)
NEVER = "never"
FROM_HOURS = range(16, 24)
TO_HOURS = range(5, 12)


def topics_for(actor: Actor) -> tuple[Topic, ...]:
    """The topics that this person ever hears of."""
    is_staff = any(one.kind not in {"pupil", "parent"} for one in actor.standings)
    return OF_STAFF if is_staff else OF_FAMILIES


class HoursForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Quiet hours, pace, and a way for each topic."""

    quiet_from = SelectField(_l("Quiet from"))
    quiet_to = SelectField(_l("Quiet until"))
    quiet_weekends = BooleanField(_l("Quiet all Saturday and Sunday"))
    pace = RadioField(_l("Calm news"))

    def __init__(self, actor: Actor, told: Told, *args: Any, **kwargs: Any) -> None:
        hours = told.windows
        is_never = hours.quiet_from == hours.quiet_to
        kept = {
            "quiet_from": NEVER if is_never else str(hours.quiet_from.hour),
            "quiet_to": "7" if is_never else str(hours.quiet_to.hour),
            "quiet_weekends": hours.quiet_weekends,
            "pace": "evening" if hours.once_a_day else "soon",
        }
        super().__init__(*args, data=kept, **kwargs)
        self.quiet_from.choices = [(str(hour), f"{hour}:00") for hour in FROM_HOURS] + [(NEVER, _("no quiet hours"))]
        self.quiet_to.choices = [(str(hour), f"{hour}:00") for hour in TO_HOURS]
        self.pace.choices = [("soon", _("gathered, a few times a day")), ("evening", _("once, in the evening"))]
        self.topics = topics_for(actor)

    @property
    def windows(self) -> Windows:
        """The hours that were entered."""
        begins, ends = (0, 0) if self.quiet_from.data == NEVER else (int(self.quiet_from.data), int(self.quiet_to.data))
        return Windows(time(begins), time(ends), self.quiet_weekends.data, self.pace.data == "evening")


def way_words() -> list[tuple[str, str]]:
    """The ways, as choices."""
    return [
        (Way.DEVICE.value, _("to my devices, else by mail")),
        (Way.MAIL.value, _("by mail")),
        (Way.SITE.value, _("only here on the site")),
    ]


class MailForm(FlaskForm):  # type: ignore[misc]
    """An address for letters."""

    mail = EmailField(
        _l("Mail address"),
        [
            InputRequired(_l("Enter an address.")),
            Length(max=200),
            Regexp(r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+$", message=_l("This is no mail address.")),
        ],
    )
