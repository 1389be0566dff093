"""Bringing a file."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from school.roster.models import ImportKind


class UploadForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """One file, and what it is to be read as."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
    kind = RadioField(
        _l("What it contains"),
        choices=[
            (ImportKind.ROSTER.value, _l("People and classes")),
            (ImportKind.TIMETABLE.value, _l("Weekly timetable")),
        ],
        default=ImportKind.ROSTER.value,
    )
