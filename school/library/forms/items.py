"""Forms of questions with options, numbers and words; and the form of each kind."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from school.library.forms import making, parts, places
from school.library.forms.base import ItemForm, lines_of, plain
from school.library.forms.varied import VariedForm

MOST_OPTIONS = 12
_BLANKS = 2
_FEWEST_SHOWN = 4


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
        written = max((n for n in range(1, MOST_OPTIONS + 1) if plain(self[f"option_{n}"].data)), default=0)
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
            text = plain(self[f"option_{n}"].data)
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
    takes_remarks = True
    own = ("keep_order",)
    is_single = True

    def remark_key(self, text: str, made: dict[str, Any]) -> Any:
        """The place of a wrong option, named by its text or its number."""
        if text in made["options"]:
            return [made["options"].index(text)]
        return [int(text) - 1] if text.isdecimal() else []

    def remark_text(self, key: Any, spec: dict[str, Any]) -> str:
        """The text of the option."""
        return str(spec["options"][key[0]])


class MultipleForm(ChoiceForm):
    """Several right options."""

    kind = "multiple"
    own = ("credit", "keep_order")
    is_single = False

    credit = SelectField(
        _l("How points are given"),
        choices=[("partial", _l("a share for each right option")), ("all", _l("only when all are right"))],
    )


class NumberForm(ItemForm):
    """A number, perhaps with a unit and a tolerance."""

    kind = "number"
    takes_remarks = True
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
        made: dict[str, Any] = {"key": {"value": plain(self.value.data)}}
        if plain(self.unit.data):
            made["unit"] = plain(self.unit.data)
        if self.ask_unit.data:
            made["ask_unit"] = True
        tolerance = plain(self.tolerance.data)
        if tolerance and self.tolerance_kind.data == "rel":
            made["rel"] = _share(tolerance)
        elif tolerance:
            made["abs"] = tolerance
        return made

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """Further answers with their shares."""
        also = self.before.get("key", {}).get("also")
        return {"key": made["key"] | {"also": also}} if also else {}

    def remark_key(self, text: str, made: dict[str, Any]) -> Any:
        """A wrong value."""
        return {"value": text}

    def remark_text(self, key: Any, spec: dict[str, Any]) -> str:
        """The value."""
        return str(key.get("value", ""))


class TextForm(ItemForm):
    """A word or a phrase: every form that is accepted, the first is the one shown."""

    kind = "text"
    takes_remarks = True
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
        return {"key": {"accept": lines_of(self.accept.data)}} | {
            name: True for name in ("typo", "keep_case", "keep_yo") if self[name].data
        }

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """Half-right answers, and whether stars stand for anything."""
        old = self.before.get("key", {})
        extra = {name: old[name] for name in ("partly", "patterns") if name in old}
        return {"key": made["key"] | extra} if extra else {}

    def remark_key(self, text: str, made: dict[str, Any]) -> Any:
        """Wrong words."""
        return {"accept": [text]}

    def remark_text(self, key: Any, spec: dict[str, Any]) -> str:
        """The words."""
        return str(key["accept"][0])


class FormulaForm(ItemForm):
    """A formula judged by its value."""

    kind = "formula"
    takes_remarks = True
    own = ("value", "letters", "form", "also")
    homes = {"key": "value", "variables": "letters"}
    hints = {
        "letters": _l("Those that may stand in the answer, with spaces between them."),
        "also": _l("Not equal to the first but right too, one in a line."),
    }

    value = StringField(_l("Right answer"), [Length(max=300)])
    letters = StringField(_l("Letters"), [Length(max=20)], default="x")
    form = SelectField(
        _l("Form of the answer"),
        choices=[("any", _l("any that is equal")), ("expanded", _l("without brackets")), ("factored", _l("a product"))],
    )
    also = TextAreaField(_l("Other right formulas"), [Length(max=1000)])

    def show_own(self, spec: dict[str, Any]) -> None:
        """The formula and its letters."""
        self.value.data = spec.get("key", {}).get("value", "")
        self.also.data = "\n".join(spec.get("key", {}).get("also", ()))
        self.letters.data = " ".join(spec.get("variables", ["x"]))
        self.form.data = spec.get("form", "any")

    def own_spec(self) -> dict[str, Any]:
        """The key, and what may stand in an answer."""
        also = lines_of(self.also.data)
        made: dict[str, Any] = {"key": {"value": plain(self.value.data)} | ({"also": also} if also else {})}
        made["variables"] = plain(self.letters.data).replace(",", " ").split()
        return made | ({"form": self.form.data} if self.form.data != "any" else {})

    def remark_key(self, text: str, made: dict[str, Any]) -> Any:
        """A wrong value."""
        return {"value": text}

    def remark_text(self, key: Any, spec: dict[str, Any]) -> str:
        """The value."""
        return str(key.get("value", ""))


_FORMS: dict[str, type[ItemForm]] = {
    form.kind: form
    for form in (
        SingleForm,
        MultipleForm,
        NumberForm,
        TextForm,
        FormulaForm,
        VariedForm,
        *places.FORMS,
        *parts.FORMS,
        *making.FORMS,
    )
}


def item_form(kind: str) -> ItemForm | None:
    """A form for questions of a kind; None when there is no such kind."""
    found = _FORMS.get(kind)
    return None if found is None else found()


def _share(per_cent: str) -> str:
    """Per cent as a share; what is no number stays as it was typed, for the kind to complain about."""
    try:
        return f"{float(per_cent.replace(',', '.').rstrip('% ')) / 100:g}"
    except ValueError:
        return per_cent
