"""Forms of questions that a teacher judges, of graphs, and of several questions about one material. All in lines of text."""

import re
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from school.library.forms.base import ItemForm, lines_of, plain
from school.library.forms.blocks import read_blocks, write_blocks
from school.library.forms.parts import PlaneForm

_LEVEL = re.compile(r"(?P<points>\d{1,2})\s*[=\-–—]?\s*(?P<says>.*)")


class ByHandForm(ItemForm):
    """A rubric and what a good answer holds."""

    own: ClassVar[tuple[str, ...]] = ("criteria", "model")
    homes = {"key": "model", "points": "criteria"}
    counts_points = True
    hints = {
        "criteria": _l(
            "One in a line, levels from fewer points to more: Thesis: 0 none; 1 unclear; 2 clear. The pupil sees them before the answer."
        ),
        "model": _l("For those who judge; the pupil sees it after handing in."),
    }

    criteria = TextAreaField(_l("Criteria and their levels"), [Length(max=6000)])
    model = TextAreaField(_l("What a good answer holds"), [Length(max=6000)])

    def show_own(self, spec: dict[str, Any]) -> None:
        """One criterion a line."""
        self.criteria.data = "\n".join(
            f"{one['name']}: " + "; ".join(f"{level['points']} {level['says']}" for level in one["levels"])
            for one in spec.get("criteria", ())
        )
        self.model.data = spec.get("key", {}).get("model", "")

    def own_spec(self) -> dict[str, Any]:
        """The rubric, and the points its highest levels come to."""
        criteria = [_criterion(line) for line in lines_of(self.criteria.data)]
        points = sum(max((level["points"] for level in one["levels"]), default=0) for one in criteria)
        return {"criteria": criteria, "points": points, "key": {"model": plain(self.model.data)}}


def _criterion(line: str) -> dict[str, Any]:
    name, _, rest = line.partition(":")
    levels = [_LEVEL.fullmatch(one.strip()) for one in rest.split(";") if one.strip()]
    return {
        "name": name.strip(),
        "levels": [{"says": found["says"].strip(), "points": int(found["points"])} for found in levels if found],
    }


class EssayForm(ByHandForm):
    """A long text."""

    kind = "essay"
    own = ("criteria", "model", "length")
    homes = {**ByHandForm.homes, "words": "length"}

    length = StringField(_l("How many words"), [Length(max=20)])

    def show_own(self, spec: dict[str, Any]) -> None:
        """The rubric and the length."""
        super().show_own(spec)
        self.length.data = "..".join(map(str, spec["words"])) if "words" in spec else ""

    def own_spec(self) -> dict[str, Any]:
        """The rubric and the length."""
        ends = [
            int(one) if one.isdecimal() else -1 for one in re.split(r"\s*(?:\.\.|…|-|–)\s*", plain(self.length.data))
        ]
        return super().own_spec() | ({"words": ends} if plain(self.length.data) else {})


class NotebookForm(ByHandForm):
    """Photographs of a notebook."""

    kind = "notebook"


class SpokenForm(ByHandForm):
    """A recorded answer."""

    kind = "spoken"


class DrawingForm(ByHandForm):
    """A drawing."""

    kind = "drawing"


_PROPERTIES = {
    "through": "через", "zero": "нули", "domain": "область", "rises": "возрастает", "falls": "убывает",
    "constant": "постоянна", "slope": "наклон", "highest": "наибольшее", "lowest": "наименьшее", "even": "чётная", "odd": "нечётная",
}  # fmt: skip
_NAMES = (
    {word: name for name, word in _PROPERTIES.items()}
    | {name: name for name in _PROPERTIES}
    | {"четная": "even", "нечетная": "odd"}
)
_LISTS = ("through", "zero", "highest", "lowest")


class GraphForm(ItemForm):
    """Properties that a drawn graph should have."""

    kind = "graph"
    own = ("across", "up", "properties", "graph", "credit")
    homes = {"x": "across", "y": "up", "key": "properties", "knots": "graph"}
    hints = {
        "across": _l("Whole numbers: -5..5"),
        "properties": _l(
            "One in a line: zero -2; 3 · rises -2..1 · falls 1..4 · constant 0..2 · through 1; 4 · highest 1; 4 · lowest 3; -2 · domain -4..4 · slope 1/2 · even · odd"
        ),
        "graph": _l("The knots of one graph that has them all, one in a line: -2; 0"),
    }

    across = PlaneForm.across
    up = PlaneForm.up
    properties = TextAreaField(_l("Properties of the graph"), [Length(max=1000)])
    graph = TextAreaField(_l("A right graph"), [Length(max=400)])
    credit = SelectField(
        _l("How points are given"),
        choices=[("partial", _l("a share for each right part")), ("all", _l("only when all is right"))],
    )

    def show_own(self, spec: dict[str, Any]) -> None:
        """The plane, and one property a line."""
        self.across.data, self.up.data = ("..".join(map(str, spec.get(name, (-5, 5)))) for name in ("x", "y"))
        key = spec.get("key", {})
        self.properties.data = "\n".join(_property_line(one) for one in key.get("properties", ()))
        self.graph.data = "\n".join(f"{x}; {y}" for x, y in key.get("graph", ()))
        self.credit.data = spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """The ends of the axes, the properties, and a graph that has them."""
        graph = [[one.strip() for one in line.split(";")] for line in lines_of(self.graph.data)]
        properties = [_property(line) for line in lines_of(self.properties.data)]
        made: dict[str, Any] = {"x": _ends(self.across.data), "y": _ends(self.up.data), "credit": self.credit.data}
        return made | {"key": {"properties": properties, "graph": graph}}

    def kept(self, made: dict[str, Any]) -> dict[str, Any]:
        """How many knots may be set."""
        return {"knots": self.before["knots"]} if "knots" in self.before else {}


def _ends(text: str | None) -> list[Any]:
    ends = re.split(r"\s*(?:\.\.|…)\s*", plain(text))
    return [int(one) if re.fullmatch(r"-?\d{1,3}", one) else one for one in ends]


def _property(line: str) -> dict[str, Any]:
    word, _, rest = line.strip().partition(" ")
    what = _NAMES.get(word.lower(), word)
    if what in _LISTS:
        return {"is": what, "at": [one.strip() for one in rest.split(";")]}
    if what in {"even", "odd"}:
        return {"is": what}
    if what == "slope":
        return {"is": what, "of": rest.strip()}
    begin, _, end = rest.partition("..")
    return {"is": what, "from": begin.strip(), "to": end.strip()}


def _property_line(one: dict[str, Any]) -> str:
    word = one["is"]
    if "at" in one:
        return f"{word} {'; '.join(map(str, one['at']))}"
    if "of" in one:
        return f"{word} {one['of']}"
    return f"{word} {one['from']}..{one['to']}" if "from" in one else word


class MultipartForm(ItemForm):
    """Questions about one material, written as blocks with an empty line between them."""

    kind = "multipart"
    own = ("material", "blocks")
    homes = {"parts": "blocks", "key": "blocks", "shares": "blocks", "points": "blocks"}
    counts_points = True
    takes_remarks = True
    hints = {
        "blocks": _l(
            "A block for each question, an empty line between them: the question, at its end the points like (2); then options with * before the right ones and - before the others, or = and the number or the word; pairs like a -> b; or [[gaps]] in a line that begins with >."
        ),
    }

    material = TextAreaField(_l("Shared material"), [Length(max=8000)])
    blocks = TextAreaField(_l("Questions about it"), [Length(max=8000)])

    def show_own(self, spec: dict[str, Any]) -> None:
        """The material, and one block a question."""
        self.material.data = spec.get("material", "")
        self.blocks.data = write_blocks(spec) if spec.get("parts") else ""

    def own_spec(self) -> dict[str, Any]:
        """The questions with their keys, and the points they come to."""
        parts, key = read_blocks(plain(self.blocks.data), self.before)
        points = sum(part.get("points", 1) for part in parts)
        return {"material": plain(self.material.data), "parts": parts, "key": key, "points": points}

    def remark_key(self, text: str, made: dict[str, Any]) -> Any:
        """«2: wrong answer»: the answer to the second question as a key of its kind."""
        number, _, answer = text.partition(":")
        place = int(number) - 1 if number.strip().isdecimal() else -1
        if not 0 <= place < len(made["parts"]):
            return None
        return {"part": place + 1, "when": _key_of(made["parts"][place], answer.strip())}

    def remark_text(self, key: Any, spec: dict[str, Any]) -> str:
        """The same as a line."""
        return f"{key['part']}: {_text_of(spec['parts'][key['part'] - 1], key['when'])}"

    def _remarks(self, made: dict[str, Any]) -> list[dict[str, Any]]:
        """A remark names its question; what an import says of the whole task is kept."""
        found = []
        for one in super()._remarks(made):
            named = one.pop("when")
            found.append(one | (named if isinstance(named, dict) else {"part": 0, "when": named}))
        return [one for one in self.before.get("remarks", ()) if "part" not in one] + found

    def _remark_lines(self, spec: dict[str, Any]) -> str:
        named = [
            one | {"when": {"part": one["part"], "when": one["when"]}}
            for one in spec.get("remarks", ())
            if "part" in one
        ]
        return super()._remark_lines(spec | {"remarks": named})


def _key_of(part: dict[str, Any], answer: str) -> Any:
    """A wrong answer as its kind writes a key: options by text or number, several with semicolons between them."""
    if part["kind"] in {"single", "multiple"}:
        named = [one.strip() for one in answer.split(";")] if part["kind"] == "multiple" else [answer]
        return [
            part["options"].index(one) if one in part["options"] else int(one) - 1 if one.isdecimal() else -1
            for one in named
        ]
    if part["kind"] in {"number", "formula"}:
        return {"value": answer}
    return {"accept": [answer]} if part["kind"] == "text" else answer


def _text_of(part: dict[str, Any], key: Any) -> str:
    if part["kind"] in {"single", "multiple"}:
        return "; ".join(part["options"][one] for one in key)
    if isinstance(key, dict):
        return str(key["accept"][0] if "accept" in key else key.get("value", ""))
    return str(key)


FORMS = (EssayForm, NotebookForm, SpokenForm, DrawingForm, GraphForm, MultipartForm)
