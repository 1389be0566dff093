"""Forms of one lesson: topic, presence, substitution, moving."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from content_library import Topic
from school.classes.actions import Exceptional
from school.classes.models import AbsenceFact, AbsenceReason
from school.classes.queries.presence import Presence
from school.classes.words import reason_words
from school.core.languages import gettext as _


class TopicForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What was taught: a node of the framework, own words, or both."""

    topic = SelectField(_l("From the topic framework"), [Optional()])
    words = StringField(_l("What was taught"), [Length(max=300, message=_l("At most 300 characters."))])

    def offer(self, topics: Sequence[Topic]) -> None:
        """The topics of the lesson's subject and year level, in the order of the codes that they are shown with: 7.2 before 7.10."""
        found = sorted(topics, key=lambda one: [part.zfill(4) for part in one.code.split(".")])
        self.topic.choices = [("", _("not chosen")), *((str(one.id), f"{one.code}. {one.title}") for one in found)]

    def chosen(self, topics: Sequence[Topic]) -> Topic | None:
        """The topic picked, if one was."""
        return next((one for one in topics if str(one.id) == self.topic.data), None)


class PresenceForm:
    """One line a pupil: ``fact-ID``, ``minutes-ID``, ``reason-ID``, and ``id-ID`` made when the page was drawn."""

    def __init__(self, sent: Mapping[str, str], pupils: Sequence[Presence]) -> None:
        self.sent = sent
        self.pupils = pupils
        self.errors: list[tuple[str, str]] = []
        """Id of the field and what is wrong with it."""

    def exceptions(self) -> list[Exceptional]:
        """Those who are not there as usual; ``errors`` says which lines can't be read."""
        found = []
        for line in self.pupils:
            key = line.pupil.id.hex
            fact = self.sent.get(f"fact-{key}", "")
            if fact in {"", "here"}:
                continue
            if fact not in set(AbsenceFact):
                self.errors.append((f"fact-{key}", _("%(pupil)s: choose what you see.", pupil=line.pupil.short_name)))
                continue
            minutes = self._minutes(line, fact)
            reason = self.sent.get(f"reason-{key}", "")
            found.append(
                Exceptional(
                    line.pupil.id,
                    AbsenceFact(fact),
                    minutes,
                    AbsenceReason(reason) if reason in set(AbsenceReason) else AbsenceReason.UNKNOWN,
                    _uuid(self.sent.get(f"id-{key}", "")),
                )
            )
        return found

    def _minutes(self, line: Presence, fact: str) -> int | None:
        key = f"minutes-{line.pupil.id.hex}"
        text = self.sent.get(key, "").strip()
        if fact != AbsenceFact.LATE or not text:
            return None
        if text.isdecimal() and 1 <= int(text) <= 90:
            return int(text)
        self.errors.append((key, _("%(pupil)s: minutes late must be from 1 to 90.", pupil=line.pupil.short_name)))
        return None


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class SubstituteForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Who takes the lesson."""

    teacher = RadioField(_l("Who teaches the lesson"), [InputRequired(_l("Choose a teacher."))])
    reason = StringField(_l("Reason (staff only)"), [Length(max=200, message=_l("At most 200 characters."))])
    room = StringField(_l("Another room, if needed"), [Length(max=20, message=_l("At most 20 characters."))])


class MoveForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Where the lesson goes."""

    on_date = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    slot = IntegerField(
        _l("Lesson number"),
        [
            InputRequired(_l("Enter the lesson's number.")),
            NumberRange(0, 14, message=_l("The lesson number must be from 0 to 14.")),
        ],
    )
    room = StringField(_l("Room"), [Length(max=20, message=_l("At most 20 characters."))], id="move-room")


class ExplainForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One reason for the absences of some days."""

    reason = SelectField(_l("Reason"))
    since = DateField(_l("First day"), [InputRequired(_l("Choose a day."))])
    until = DateField(_l("Last day"), [InputRequired(_l("Choose a day."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [(one.value, reason_words(one)) for one in AbsenceReason if one != AbsenceReason.UNKNOWN]

    def validate_until(self, field: Any) -> None:
        """The days go forward."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(_("The last day is before the first."))
