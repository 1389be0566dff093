"""What people enter about themselves: sign-in, codes, passwords."""

import re
import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from school.core.languages import gettext as _
from school.people.passwords import weakness

LOGIN = re.compile(r"[a-zа-яё0-9][a-zа-яё0-9._-]{2,39}")


def lowered(text: str | None) -> str | None:
    """Logins are kept in lower case, each letter in one form."""
    return unicodedata.normalize("NFC", text).strip().lower() if text else text


def check_strength(password: str, login: str) -> None:
    """Say in words what is wrong with a new password."""
    words = {
        "short": _("Use eight characters or more: three short words make a good password."),
        "login": _("The password is the same as the login. Choose something only you would think of."),
        "common": _("This password is common and easy to guess. Add a word of your own."),
    }
    weak = weakness(password, login)
    if weak:
        raise ValidationError(words[weak])


class SignInForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Login and password."""

    login = StringField(_l("Login"), [InputRequired(_l("Enter your login.")), Length(max=100)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password.")), Length(max=200)])
    shared = BooleanField(_l("Other people use this device too"))


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A one-time code from paper."""

    code = StringField(_l("Code"), [InputRequired(_l("Enter the code from the sheet.")), Length(max=60)])


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """What a person with a code chooses; without ``login`` where they have one already."""

    code = HiddenField()
    login = StringField(_l("Login"), [InputRequired(_l("Think of a login.")), Length(max=40)], filters=[lowered])
    password = PasswordField(_l("New password"), [InputRequired(_l("Think of a password.")), Length(max=200)])

    def validate_login(self, field: Any) -> None:
        """Letters of either alphabet, digits, dot and dash."""
        if not LOGIN.fullmatch(field.data or ""):
            raise ValidationError(_("At least three characters: letters, digits, a dot or a dash, no spaces."))

    def validate_password(self, field: Any) -> None:
        """Not weak, and not the login."""
        check_strength(field.data or "", self.login.data or "" if "login" in self else self.known_login)

    known_login = ""


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password in place of the present one."""

    present = PasswordField(
        _l("Current password"), [InputRequired(_l("Enter your current password.")), Length(max=200)]
    )
    password = PasswordField(_l("New password"), [InputRequired(_l("Think of a password.")), Length(max=200)])
    known_login = ""

    def validate_password(self, field: Any) -> None:
        """Not weak, and not the login."""
        check_strength(field.data or "", self.known_login)
