"""The form of a template whose numbers and words differ from pupil to pupil."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from school.library.forms.base import ItemForm, lines_of, plain

_LIMITS = re.compile(r"(?P<from>\S+?)\s*(?:\.\.|…)\s*(?P<to>\S+)(?:\s+(?:step|шаг)\s+(?P<step>\S+))?")
_WHOLE = ("целое ", "whole ")


class VariedForm(ItemForm):
    """Parameters, conditions, and an answer counted from them."""

    kind = "varied"
    takes_remarks = True
    own = ("params", "where", "drawing", "value", "wrong", "unit", "tolerance")
    homes = {"key": "value", "task": "value", "shares": "wrong"}
    hints = {
        "params": _l("A letter in a line: t = 2..6, v = 3..5 step 0.5, n = Anna; Olga, s = v*t. In the question: {t}."),
        "where": _l("One in a line: v > t, a != b, whole s/2. Numbers that break one are drawn again."),
        "drawing": _l(
            "One of: rectangle; a = {a}; b = {b}; unit = cm · triangle; a = 3; b = 4; c = ? · clock; hours = {h}; minutes = {m} · fraction_bar; parts = 8; shaded = {n} · number_line; from = 0; to = 10; step = 1; point = {p} · graph; x = -5..5; y = -5..5; points = 0:{b} 2:{c}"
        ),
        "value": _l("Counted in braces: {v*t}"),
        "wrong": _l("With wrong options, one in a line, the pupil chooses; without them, writes a number."),
    }

    params = TextAreaField(_l("What differs"), [Length(max=2000)])
    where = TextAreaField(_l("Conditions"), [Length(max=1000)])
    drawing = StringField(_l("A picture made from the numbers"), [Length(max=300)])
    value = StringField(_l("Right answer"), [Length(max=300)])
    wrong = TextAreaField(_l("Wrong options"), [Length(max=1000)])
    unit = StringField(_l("Unit"), [Length(max=20)])
    tolerance = StringField(_l("Tolerance"), [Length(max=20)])

    def show_own(self, spec: dict[str, Any]) -> None:
        """Parameters and conditions, one a line."""
        self.params.data = "\n".join(f"{name} = {_written(param)}" for name, param in spec.get("params", {}).items())
        self.where.data = "\n".join(spec.get("where", ()))
        self.drawing.data = _drawing_line(spec.get("drawing", {}))
        task, key = spec.get("task", {}), spec.get("key", {})
        if task.get("kind") == "single":
            self.value.data = task["options"][key[0]]
            self.wrong.data = "\n".join(text for place, text in enumerate(task["options"]) if place not in key)
        elif isinstance(key, dict):
            self.value.data = key.get("value", "")
        self.unit.data, self.tolerance.data = task.get("unit", ""), str(task.get("abs", ""))

    def own_spec(self) -> dict[str, Any]:
        """A number to write, or options to choose from."""
        made: dict[str, Any] = {"params": dict(map(_param, lines_of(self.params.data)))}
        where = [_condition(line) for line in lines_of(self.where.data)]
        if where:
            made["where"] = where
        if plain(self.drawing.data):
            made["drawing"] = _drawing(plain(self.drawing.data))
        wrong, value = lines_of(self.wrong.data), plain(self.value.data)
        if wrong:
            return made | {"task": {"kind": "single", "options": [value, *wrong]}, "key": [0]}
        task = {"kind": "number", "unit": plain(self.unit.data), "abs": plain(self.tolerance.data)}
        return made | {"task": {name: text for name, text in task.items() if text}, "key": {"value": value}}

    def remark_key(self, text: str, made: dict[str, Any]) -> Any:
        """A wrong number in braces, or the place of a wrong option."""
        if made["task"]["kind"] == "number":
            return {"value": text}
        return [made["task"]["options"].index(text)] if text in made["task"]["options"] else []

    def remark_text(self, key: Any, spec: dict[str, Any]) -> str:
        """The number or the option."""
        return str(key["value"]) if isinstance(key, dict) else str(spec["task"]["options"][key[0]])

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """What the page has no field for, while the way of answering is the same."""
        before = self.before.get("task", {})
        if before.get("kind") != made["task"]["kind"]:
            return {}
        extra = {name: value for name, value in before.items() if name in {"rel", "ask_unit", "keep_order"}}
        return {"task": extra | made["task"]} if extra else {}


def _drawing_line(drawing: dict[str, str]) -> str:
    fields = [f"{name} = {value}" for name, value in drawing.items() if name != "shape"]
    return "; ".join([drawing["shape"], *fields]) if drawing else ""


def _drawing(line: str) -> dict[str, str]:
    shape, *fields = (one.strip() for one in line.split(";"))
    made = {"shape": shape}
    for one in fields:
        name, _, value = one.partition("=")
        made[name.strip()] = value.strip()
    return made


def _written(param: dict[str, Any]) -> str:
    if "is" in param:
        return str(param["is"])
    if "one_of" in param:
        return "; ".join(map(str, param["one_of"]))
    step = f" step {param['step']}" if "step" in param else ""
    return f"{param['from']}..{param['to']}{step}"


def _param(line: str) -> tuple[str, dict[str, Any]]:
    name, _, written = (part.strip() for part in line.partition("="))
    limits = _LIMITS.fullmatch(written)
    if limits:
        return name, {field: value for field, value in limits.groupdict().items() if value is not None}
    if ";" in written:
        return name, {"one_of": [text.strip() for text in written.split(";") if text.strip()]}
    return name, {"is": written}


def _condition(line: str) -> str:
    for word in _WHOLE:
        if line.startswith(word):
            return f"whole {line.removeprefix(word).strip()}"
    return line
