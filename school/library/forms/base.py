"""What the form of every question has: plain fields in, a specification out. The kind itself judges it."""

from fractions import Fraction
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from content_library import FileOfVersion, FileRole
from school.core.languages import gettext as _
from school.tasks.kinds import kind_of
from school.tasks.kinds.remarks import remark_faults


class ItemForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What every question has."""

    kind: ClassVar[str]
    own: ClassVar[tuple[str, ...]] = ()
    """Names of this kind's own fields, in the order of the page."""
    homes: ClassVar[dict[str, str]] = {}
    """Fields of the specification and the field of the form where their faults are shown."""
    hints: ClassVar[dict[str, Any]] = {}
    """How to fill the fields of this kind."""

    is_on_picture: ClassVar[bool] = False
    """Whether the question is about places of its picture."""

    prompt = TextAreaField(_l("Question"), [Length(max=2000)])
    before: dict[str, Any] = {}
    picture = SelectField(_l("Picture"), default="")
    points = IntegerField(_l("Points"), [Optional()], default=1)
    why = TextAreaField(_l("Explanation, shown after the answer"), [Length(max=2000)])

    remarks = TextAreaField(_l("Wrong answers and what to say to them"), [Length(max=4000)])
    takes_remarks: ClassVar[bool] = False
    """Whether wrong answers of this kind can be written as a line."""

    counts_points: ClassVar[bool] = False
    """Whether the points follow from what else is written."""

    steps = TextAreaField(_l("Hints in steps"), [Length(max=3000)])

    def remark_key(self, text: str, made: dict[str, Any]) -> Any:
        """A wrong answer as a key of this kind."""
        raise NotImplementedError

    def remark_text(self, key: Any, spec: dict[str, Any]) -> str:
        """The same as a line."""
        raise NotImplementedError

    def _remarks(self, made: dict[str, Any]) -> list[dict[str, Any]]:
        if not self.takes_remarks:
            return list(self.before.get("remarks", ()))
        remarks = []
        for line in lines_of(self.remarks.data):
            answer, _, rest = line.partition("=>")
            says, _, misconception = rest.partition("#")
            remark = {
                "when": self.remark_key(answer.strip(), made),
                "says": says.strip(),
                "misconception": misconception.strip(),
            }
            remarks.append({name: value for name, value in remark.items() if name == "when" or value})
        return remarks

    def _remark_lines(self, spec: dict[str, Any]) -> str:
        lines = []
        for remark in spec.get("remarks", ()) if self.takes_remarks else ():
            behind = f" # {remark['misconception']}" if remark.get("misconception") else ""
            lines.append(f"{self.remark_text(remark['when'], spec)} => {remark.get('says', '')}{behind}")
        return "\n".join(lines)

    def offer(self, files: list[FileOfVersion]) -> None:
        """Fill the list of pictures to choose from."""
        self.alts = {file.name: file.alt for file in files if file.role is FileRole.PICTURE}
        self.picture.choices = [("", _("No picture")), *((name, name) for name in self.alts)]

    def show(self, spec: dict[str, Any]) -> None:
        """Fill the fields with what the question says."""
        self.prompt.data, self.points.data = spec.get("prompt", ""), spec.get("points", 1)
        self.why.data = spec.get("why", "")
        self.remarks.data = self._remark_lines(spec)
        self.steps.data = "\n".join(hint_line(hint) for hint in spec.get("hints", ()))
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
            "prompt": plain(self.prompt.data),
            "points": self.points.data if self.points.data is not None else 1,
            **self.own_spec(),
        }
        if self.picture.data:
            made["picture"] = {"name": self.picture.data, "alt": self.alts[self.picture.data]}
        remarks = self._remarks(made)
        if remarks:
            made["remarks"] = remarks
        hints = [hint_in(line) for line in lines_of(self.steps.data)]
        if hints:
            made["hints"] = hints
        if plain(self.why.data):
            made["why"] = plain(self.why.data)
        return made | self.kept(made)

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """What stays of the task before, where it still fits what was written."""
        return {}

    def validate_as_question(self) -> bool:
        """Whether the kind accepts it; its faults stand at the fields they are about."""
        if not self.validate_on_submit():
            return False
        kind, spec = kind_of(self.kind), self.spec()
        for fault in kind.check(spec) or remark_faults(kind, spec):
            where = "steps" if fault.where == "hints" else fault.where
            field = self[self.homes.get(where, where)] if self._has(where) else self.prompt
            field.errors = [*field.errors, _(fault.what.msgid, **fault.what.values)]
        return not self.errors

    def _has(self, where: str) -> bool:
        return self.homes.get(where, where) in self

    def show_own(self, spec: dict[str, Any]) -> None:
        """Fill the fields of this kind."""

    def own_spec(self) -> dict[str, Any]:
        """The part of the specification that only this kind has."""
        return {}


def plain(text: str | None) -> str:
    """A text without the ends of lines of another system and spaces around it."""
    return (text or "").replace("\r\n", "\n").strip()


def lines_of(text: str | None) -> list[str]:
    """The lines that hold something."""
    return [line for line in (one.strip() for one in plain(text).splitlines()) if line]


def hint_in(line: str) -> dict[str, str]:
    """A hint from «25 %: words»; without a price it costs nothing."""
    price, colon, says = line.partition(":")
    per_cent = price.strip().rstrip("%").strip()
    if not colon or not per_cent.isdecimal():
        return {"says": line, "costs": "0"}
    return {"says": says.strip(), "costs": f"{int(per_cent) / 100:g}"}


def hint_line(hint: dict[str, Any]) -> str:
    """The same as its author writes it."""
    return f"{round(float(Fraction(hint['costs'])) * 100)} %: {hint['says']}"
