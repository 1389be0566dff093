"""Forms of a unit: its beginning, its text, its files, and the note of a reviewer."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    FileField,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from content_library import BY_KEYBOARD, IN_WORDS, KEYBOARD, SILENT, Subject, UnitKind, UnitVersion
from school.core.languages import gettext as _
from school.library.queries import MyUnit
from school.library.seen import Draft
from school.library.words import KIND_HINTS, LANGUAGES, LICENCES, kind_name

YEARS = [(level, str(level)) for level in range(1, 12)]
MOST_STAGES = 20
LONGEST_TEXT = 200_000


BY_KEYS = {
    "": _l("I have not tried yet"),
    BY_KEYBOARD: _l("Everything can be done by keyboard"),
    IN_WORDS: _l("Not everything: the text says what to do instead"),
}
"""What an author has found by trying a package without a mouse."""


class Years:
    """Two year levels in their order, whichever was named first."""

    year_from: Any
    year_to: Any

    @property
    def years(self) -> tuple[int, int]:
        """First and last year level."""
        return min(self.year_from.data, self.year_to.data), max(self.year_from.data, self.year_to.data)


class BeginForm(Years, FlaskForm):  # type: ignore[misc]  # the library has no types
    """What is asked before a unit exists."""

    kind = RadioField(_l("What are you making?"), coerce=UnitKind, validators=[InputRequired(_l("Choose a kind."))])
    title = StringField(_l("Title"), [InputRequired(_l("Give it a title; it can be changed later.")), Length(max=300)])
    subject = SelectField(_l("Subject"), coerce=int)
    year_from = SelectField(_l("From year"), coerce=int, choices=YEARS, default=5)
    year_to = SelectField(_l("To year"), coerce=int, choices=YEARS, default=5)

    def offer(self, subjects: Sequence[Subject], locale: str) -> None:
        """Fill the lists to choose from."""
        self.kind.choices = [(kind.value, f"{kind_name(kind)}. {KIND_HINTS[kind]}") for kind in UnitKind]
        self.subject.choices = [(one.id, one.name_en if locale == "en" else one.name_ru) for one in subjects]

    def suggest(self, written: Sequence[MyUnit]) -> None:
        """Begin with the subject and years of what this author wrote last."""
        if written:
            last = written[0].unit
            self.subject.data, self.year_from.data, self.year_to.data = last.subject_id, last.year_from, last.year_to


class StageForm(Form):  # type: ignore[misc]  # the library has no types
    """One stage of a lesson."""

    title = StringField(_l("Stage"), [Length(max=200)])
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(0, 90, _l("From 0 to 90 minutes."))])
    teacher = TextAreaField(_l("What the teacher does"), [Length(max=4000)])
    panel = TextAreaField(_l("On the panel"), [Length(max=4000)])
    pupils = TextAreaField(_l("What the pupils do"), [Length(max=4000)])

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written: such a stage is left out."""
        return not any(str(field.data or "").strip() for field in self)


class DraftForm(Years, FlaskForm):  # type: ignore[misc]  # the library has no types
    """Everything of a version that is written in one page. A draft may be saved with holes; only a title must be there."""

    title = StringField(
        _l("Title"), [InputRequired(_l("A unit without a title can't be found again.")), Length(max=300)]
    )
    summary = TextAreaField(_l("Summary"), [Length(max=1000, message=_l("At most 1,000 characters."))])
    subject = SelectField(_l("Subject"), coerce=int)
    year_from = SelectField(_l("From year"), coerce=int, choices=YEARS)
    year_to = SelectField(_l("To year"), coerce=int, choices=YEARS)
    minutes = IntegerField(
        _l("Minutes"), [Optional(), NumberRange(0, 600, _l("A whole number of minutes, at most 600."))]
    )
    topics = SelectMultipleField(_l("Topics"), coerce=int)
    language = SelectField(_l("Language"), choices=list(LANGUAGES.items()))
    licence = SelectField(_l("Licence"))
    body = TextAreaField(_l("Text"), [Length(max=LONGEST_TEXT, message=_l("The text is too long for one unit."))])
    silent = StringField(_l("Why the film needs no subtitles"), [Length(max=300)])
    keyboard = SelectField(_l("Without a mouse"), choices=list(BY_KEYS.items()), default="")
    stages = FieldList(FormField(StageForm), max_entries=MOST_STAGES)

    def offer(self, subjects: Sequence[Subject], topics: Sequence[tuple[int, str]], licence: str, locale: str) -> None:
        """Fill the lists to choose from; a licence that came with an import stays in its list."""
        self.subject.choices = [(one.id, one.name_en if locale == "en" else one.name_ru) for one in subjects]
        self.topics.choices = list(topics)
        self.licence.choices = [*LICENCES.items(), *([] if licence in LICENCES else [(licence, licence)])]

    def show(self, draft: Draft, topic_ids: Sequence[int]) -> None:
        """Fill the fields with what the draft says."""
        unit, version = draft.unit, draft.version
        self.title.data, self.summary.data = version.title, version.summary
        self.subject.data, self.year_from.data, self.year_to.data = unit.subject_id, unit.year_from, unit.year_to
        self.minutes.data = version.minutes or None
        self.topics.data = list(topic_ids)
        self.language.data, self.licence.data = unit.language, unit.licence
        self.body.data = _written(unit.kind, version)
        self.silent.data = version.details.get(SILENT, "")
        self.keyboard.data = version.details.get(KEYBOARD, "")
        if unit.kind is UnitKind.SCENARIO:
            for stage in version.details.get("stages", ()):
                self.stages.append_entry(stage)

    def stages_said(self) -> list[dict[str, Any]]:
        """The stages that have anything in them."""
        return [
            {
                "title": (entry.form.title.data or "").strip(),
                "minutes": entry.form.minutes.data or 0,
                **{who: (entry.form[who].data or "").strip() for who in ("teacher", "panel", "pupils")},
            }
            for entry in self.stages
            if not entry.form.is_blank
        ]


def _written(kind: UnitKind, version: UnitVersion) -> str:
    slides = version.details.get("slides")
    if kind is UnitKind.PRESENTATION and slides and not version.body_markdown.strip():
        return "\n\n---\n\n".join(map(str, slides))
    return version.body_markdown


class FileForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A file for the unit."""

    file = FileField(_l("File"))
    purpose = SelectField(_l("What it is"))
    alt = StringField(_l("What the picture or the model shows, in words"), [Length(max=1000)])

    def offer(self, kind: UnitKind | None = None) -> None:
        """Fill the list to choose from; what a unit of this kind lives by comes first."""
        is_paged = kind in {UnitKind.TEXTBOOK, UnitKind.PRESENTATION}
        self.purpose.choices = [
            ("picture", _("A picture for the text")),
            ("document", _("A PDF of it, or a document to download") if is_paged else _("A document to download")),
            ("video", _("A film")),
            ("subtitles", _("Subtitles of the film (VTT)")),
            ("model", _("A 3D model (GLB, glTF)")),
        ]
        if kind is UnitKind.MODEL:
            self.purpose.choices.insert(0, self.purpose.choices.pop())
        if kind is UnitKind.PRESENTATION:
            self.purpose.choices.insert(0, self.purpose.choices.pop(1))


class NoteForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What a methodologist asks to mend."""

    note = TextAreaField(
        _l("What to fix"), [InputRequired(_l("Say in a sentence or two what to fix.")), Length(max=4000)]
    )
