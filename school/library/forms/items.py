"""Forms of questions: one for each kind, plain fields in, a specification out. The kind itself judges it."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from content_library import FileOfVersion, FileRole
from school.core.languages import gettext as _
from school.tasks.kinds import kind_of

MOST_OPTIONS = 12
_BLANKS = 2
_FEWEST_SHOWN = 4


class ItemForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What every question has."""

    kind: ClassVar[str]
    own: ClassVar[tuple[str, ...]] = ()
    """Names of this kind's own fields, in the order of the page."""
    homes: ClassVar[dict[str, str]] = {}
    """Fields of the specification and the field of the form where their faults are shown."""

    prompt = TextAreaField(_l("Question"), [Length(max=2000)])
    before: dict[str, Any] = {}
    picture = SelectField(_l("Picture"), default="")
    points = IntegerField(_l("Points"), [Optional()], default=1)
    why = TextAreaField(_l("Explanation, shown after the answer"), [Length(max=2000)])

    def offer(self, files: list[FileOfVersion]) -> None:
        """Fill the list of pictures to choose from."""
        self.alts = {file.name: file.alt for file in files if file.role is FileRole.PICTURE}
        self.picture.choices = [("", _("No picture")), *((name, name) for name in self.alts)]

    def show(self, spec: dict[str, Any]) -> None:
        """Fill the fields with what the question says."""
        self.prompt.data, self.points.data = spec.get("prompt", ""), spec.get("points", 1)
        self.why.data = spec.get("why", "")
        named = (spec.get("picture") or {}).get("name", "")
        self.picture.data = next((name for name in self.alts if named in {name, name.rpartition(".")[0]}), "")
        self.show_own(spec)

    def keep_from(self, spec: dict[str, Any]) -> None:
        """Remember what the page has no fields for, so that saving it does not lose it: shares of an imported task."""
        self.before = spec

    def spec(self) -> dict[str, Any]:
        """The specification in the shape of the kind."""
        made: dict[str, Any] = {
            "version": 1,
            "prompt": _plain(self.prompt.data),
            "points": self.points.data if self.points.data is not None else 1,
            **self.own_spec(),
        }
        if self.picture.data:
            made["picture"] = {"name": self.picture.data, "alt": self.alts[self.picture.data]}
        if _plain(self.why.data):
            made["why"] = _plain(self.why.data)
        return made | self.kept(made)

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """What stays of the task before, where it still fits what was written."""
        return {}

    def validate_as_question(self) -> bool:
        """Whether the kind accepts it; its faults stand at the fields they are about."""
        if not self.validate_on_submit():
            return False
        for fault in kind_of(self.kind).check(self.spec()):
            field = self[self.homes.get(fault.where, fault.where)] if self._has(fault.where) else self.prompt
            field.errors = [*field.errors, _(fault.what.msgid, **fault.what.values)]
        return not self.errors

    def _has(self, where: str) -> bool:
        return self.homes.get(where, where) in self

    def show_own(self, spec: dict[str, Any]) -> None:
        """Fill the fields of this kind."""

    def own_spec(self) -> dict[str, Any]:
        """The part of the specification that only this kind has."""
        return {}


class ChoiceForm(ItemForm):
    """Options, with ticks at the right ones. Empty lines are left out."""

    is_single: ClassVar[bool]
    homes = {"options": "option_1", "key": "option_1"}

    right = SelectMultipleField(
        _l("Right answer"), coerce=int, choices=[(n, str(n)) for n in range(1, MOST_OPTIONS + 1)]
    )
    """Places of the right options, from 1: ticks, or one of a row of radio buttons."""

    @property
    def lines(self) -> list[tuple[Any, bool]]:
        """The field of each option, and whether it is ticked as right. Some blank ones follow the written ones."""
        written = max((n for n in range(1, MOST_OPTIONS + 1) if _plain(self[f"option_{n}"].data)), default=0)
        shown = min(max(written + _BLANKS, _FEWEST_SHOWN), MOST_OPTIONS)
        right = self.right.data or ()
        return [(self[f"option_{n}"], n in right) for n in range(1, shown + 1)]

    def show_own(self, spec: dict[str, Any]) -> None:
        """Fill options and ticks."""
        for n, text in enumerate(spec.get("options", ())[:MOST_OPTIONS], 1):
            self[f"option_{n}"].data = text
        self.right.data = [place + 1 for place in spec.get("key", ())]
        self.keep_order.data = bool(spec.get("keep_order", False))
        if not self.is_single:
            self.credit.data = spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """Options in their order, and the places of the right ones."""
        options: list[str] = []
        key: list[int] = []
        for n in range(1, MOST_OPTIONS + 1):
            text = _plain(self[f"option_{n}"].data)
            if not text:
                continue
            if n in (self.right.data or ()):
                key.append(len(options))
            options.append(text)
        made: dict[str, Any] = {"options": options, "key": key, "keep_order": bool(self.keep_order.data)}
        if not self.is_single:
            made["credit"] = self.credit.data
        return made

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """Shares, while the options and the right ones are the same."""
        same = all(made[name] == self.before.get(name) for name in ("options", "key"))
        if "shares" not in self.before or not same:
            return {}
        return {"shares": self.before["shares"]} | ({} if self.is_single else {"credit": "shares"})


for _n in range(1, MOST_OPTIONS + 1):
    setattr(ChoiceForm, f"option_{_n}", StringField(_l("Option %(n)s", n=_n), [Length(max=500)]))
ChoiceForm.keep_order = BooleanField(_l("Keep the options in this order"))


class SingleForm(ChoiceForm):
    """One right option."""

    kind = "single"
    own = ("keep_order",)
    is_single = True


class MultipleForm(ChoiceForm):
    """Several right options."""

    kind = "multiple"
    own = ("credit", "keep_order")
    is_single = False

    credit = SelectField(
        _l("Points"),
        choices=[("partial", _l("a share for each right option")), ("all", _l("only when all are right"))],
    )


class NumberForm(ItemForm):
    """A number, perhaps with a unit and a tolerance."""

    kind = "number"
    own = ("value", "unit", "ask_unit", "tolerance", "tolerance_kind")
    homes = {"key": "value", "abs": "tolerance", "rel": "tolerance"}

    value = StringField(_l("Right answer"), [Length(max=60)])
    unit = StringField(_l("Unit"), [Length(max=20)])
    ask_unit = BooleanField(_l("The pupil writes the unit too"))
    tolerance = StringField(_l("Tolerance"), [Length(max=20)])
    tolerance_kind = SelectField(
        _l("The tolerance is"), choices=[("abs", _l("in the same units")), ("rel", _l("in per cent of the answer"))]
    )

    def show_own(self, spec: dict[str, Any]) -> None:
        """Fill the answer and its tolerance; a share is shown in per cent."""
        self.value.data = str(spec.get("key", {}).get("value", ""))
        self.unit.data = spec.get("unit", "")
        self.ask_unit.data = bool(spec.get("ask_unit", False))
        if "rel" in spec:
            self.tolerance_kind.data = "rel"
            self.tolerance.data = f"{float(spec['rel']) * 100:g}"
        else:
            self.tolerance_kind.data = "abs"
            self.tolerance.data = str(spec.get("abs", ""))

    def own_spec(self) -> dict[str, Any]:
        """The key, and what stands beside the field."""
        made: dict[str, Any] = {"key": {"value": _plain(self.value.data)}}
        if _plain(self.unit.data):
            made["unit"] = _plain(self.unit.data)
        if self.ask_unit.data:
            made["ask_unit"] = True
        tolerance = _plain(self.tolerance.data)
        if tolerance and self.tolerance_kind.data == "rel":
            made["rel"] = _share(tolerance)
        elif tolerance:
            made["abs"] = tolerance
        return made

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """Further answers with their shares."""
        also = self.before.get("key", {}).get("also")
        return {"key": made["key"] | {"also": also}} if also else {}


class TextForm(ItemForm):
    """A word or a phrase: every form that is accepted, the first is the one shown."""

    kind = "text"
    own = ("accept", "typo", "keep_case", "keep_yo")
    homes = {"key": "accept"}

    accept = TextAreaField(_l("Accepted answers"), [Length(max=4000)])
    typo = BooleanField(_l("Forgive one slip of the pen"))
    keep_case = BooleanField(_l("Capital letters matter"))
    keep_yo = BooleanField(_l("«ё» and «е» are different"))

    def show_own(self, spec: dict[str, Any]) -> None:
        """One accepted answer a line."""
        self.accept.data = "\n".join(spec.get("key", {}).get("accept", ()))
        for name in ("typo", "keep_case", "keep_yo"):
            self[name].data = bool(spec.get(name, False))

    def own_spec(self) -> dict[str, Any]:
        """The accepted answers, and what is forgiven."""
        accept = [line for line in (_plain(one) for one in (self.accept.data or "").splitlines()) if line]
        return {"key": {"accept": accept}} | {
            name: True for name in ("typo", "keep_case", "keep_yo") if self[name].data
        }

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """Half-right answers, and whether stars stand for anything."""
        old = self.before.get("key", {})
        extra = {name: old[name] for name in ("partly", "patterns") if name in old}
        return {"key": made["key"] | extra} if extra else {}


_FORMS: dict[str, type[ItemForm]] = {form.kind: form for form in (SingleForm, MultipleForm, NumberForm, TextForm)}


def item_form(kind: str) -> ItemForm | None:
    """A form for questions of a kind; None when there is no such kind."""
    found = _FORMS.get(kind)
    return None if found is None else found()


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _share(per_cent: str) -> str:
    """Per cent as a share; what is no number stays as it was typed, for the kind to complain about."""
    try:
        return f"{float(per_cent.replace(',', '.').rstrip('% ')) / 100:g}"
    except ValueError:
        return per_cent
