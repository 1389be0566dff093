"""What staff enter about people."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from school.core import clock
from school.core.languages import gettext as _
from school.people.names import PersonName
from school.people.words import GIVEN_HERE, relation_word, role_word

RELATIONS = ("mother", "father", "guardian", "other")


def squeezed(text: str | None) -> str:
    """Without doubled and outer spaces."""
    return " ".join((text or "").split())


class NameForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A whole name."""

    family_name = StringField(
        _l("Family name"), [InputRequired(_l("Enter the family name.")), Length(max=80)], filters=[squeezed]
    )
    given_name = StringField(
        _l("Given name"), [InputRequired(_l("Enter the given name.")), Length(max=80)], filters=[squeezed]
    )
    patronymic = StringField(_l("Patronymic"), [Optional(), Length(max=80)], filters=[squeezed])

    @property
    def name(self) -> PersonName:
        """What was entered."""
        return PersonName(self.family_name.data, self.given_name.data, self.patronymic.data or "")


class PersonForm(NameForm):
    """A new person with their first role."""

    kind = SelectField(_l("Role"))
    from_on = DateField(_l("First day"), [InputRequired(_l("Enter a date."))])
    login = StringField(_l("Existing login"), [Optional(), Length(max=40)], filters=[squeezed])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind, role_word(kind)) for kind in GIVEN_HERE]


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A right with dates; a temporary one needs its end."""

    kind = SelectField(_l("Role"))
    lasting = RadioField(_l("For how long"), default="until")
    from_on = DateField(_l("First day"), [InputRequired(_l("Enter a date."))])
    to_on = DateField(_l("Last day"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind, role_word(kind)) for kind in GIVEN_HERE]
        self.lasting.choices = [("until", _("Until a day")), ("open", _("No end date"))]

    def validate_lasting(self, field: Any) -> None:
        """The end is not forgotten."""
        if field.data == "until" and not self.to_on.data:
            raise ValidationError(_("Choose the last day, or say that the role has no end."))

    def validate_to_on(self, field: Any) -> None:
        """Not before the beginning."""
        if self.lasting.data == "until" and field.data and self.from_on.data and field.data < self.from_on.data:
            raise ValidationError(_("The last day is before the first one."))


class LastDayForm(FlaskForm):  # type: ignore[misc]
    """The last day of a role or of a person in the school; yesterday ends it at once."""

    last_day = DateField(_l("Last day"), [InputRequired(_l("Enter a date."))])

    def validate_last_day(self, field: Any) -> None:
        """What was is not rewritten years back."""
        if field.data and field.data < clock.today() - timedelta(days=366):
            raise ValidationError(_("This day is more than a year ago."))


class GuardianForm(NameForm):
    """Who represents a child: somebody known here, or a new person by name."""

    member = RadioField(_l("Who"), validate_choice=True)
    relation = SelectField(_l("Relationship to the child"))
    from_on = DateField(_l("First day"), [InputRequired(_l("Enter a date."))])
    sees_progress = BooleanField(_l("Sees marks, homework and attendance"), default=True)
    note = TextAreaField(_l("Note for the school"), [Optional(), Length(max=1000)])
    login = StringField(_l("Existing login"), [Optional(), Length(max=40)], filters=[squeezed])

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation.choices = [(relation, relation_word(relation)) for relation in RELATIONS]
        self.member.choices = [*known, ("new", _("A new person"))]
        self.member.data = self.member.data or (known[0][0] if len(known) == 1 else "new")

    def validate(self, extra_validators: Any = None) -> bool:
        """A known person needs no name."""
        if self.member.data != "new":
            for field in (self.family_name, self.given_name):
                field.validators = [Optional()]
                field.flags.required = False
        return bool(super().validate(extra_validators))


class GuardianshipForm(FlaskForm):  # type: ignore[misc]
    """The rights of a representative and their end."""

    sees_progress = BooleanField(_l("Sees marks, homework and attendance"))
    to_on = DateField(_l("Last day"), [Optional()])
    note = TextAreaField(_l("Note for the school"), [Optional(), Length(max=1000)])


class CardRuleForm(FlaskForm):  # type: ignore[misc]
    """Up to which year pupils may sign in by a card."""

    year_level = SelectField(_l("Cards for pupils up to year"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year_level.choices = [(0, _("nobody")), *((level, str(level)) for level in range(1, 7))]
