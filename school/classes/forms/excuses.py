"""What a sender's JSON must hold, and the form of a new sender."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from school.classes.actions.excuses import REASONS, Excuse
from school.classes.models import AbsenceReason
from school.core.languages import gettext as _
from school.people.codes import read_code

FIELDS = ("number", "pupil", "from", "to", "reason")
LONGEST_NUMBER = 80


class SenderForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A new sender."""

    name = StringField(
        _l("Who sends"), [InputRequired(_l("Give it a name.")), Length(max=80, message=_l("At most 80 characters."))]
    )


class ExcuseForm:
    """A message as it came; ``errors`` names the fields that can't be read."""

    def __init__(self, sent: Any) -> None:
        self.errors: dict[str, str] = {}
        given: Mapping[str, Any] = sent if isinstance(sent, dict) else {}
        if not isinstance(sent, dict):
            self.errors[""] = _("Send one JSON object.")
            return
        for name in sorted(given.keys() - set(FIELDS)):
            self.errors[name[:40]] = _("There is no such field. Send no names, papers or diagnoses.")
        number = given.get("number")
        self.number = number.strip() if isinstance(number, str) else ""
        if not 1 <= len(self.number) <= LONGEST_NUMBER:
            self.errors["number"] = _("Your own number of the message: 1 to %(most)s characters.", most=LONGEST_NUMBER)
        code = given.get("pupil")
        self.code = (read_code(code) if isinstance(code, str) else None) or ""
        if not self.code:
            self.errors["pupil"] = _("The code that the school gave the pupil: 12 characters.")
        self.first_on, self.last_on = self._day(given, "from"), self._day(given, "to")
        reason = given.get("reason")
        if reason not in {one.value for one in REASONS}:
            self.errors["reason"] = _("One of: %(words)s.", words=", ".join(REASONS))
        self.reason = str(reason)

    def excuse(self) -> Excuse:
        """What was said; only when there are no ``errors``."""
        return Excuse(self.number, self.first_on, self.last_on, AbsenceReason(self.reason))

    def _day(self, given: Mapping[str, Any], name: str) -> date:
        text = given.get(name)
        try:
            if isinstance(text, str) and len(text) == len("2026-11-23"):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.errors[name] = _("A day like 2026-11-23.")
        return date.min
