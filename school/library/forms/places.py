"""Forms of questions about places of a picture. A place is a line: a shape, its numbers in per cent, and its name."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from school.library.forms.base import ItemForm, lines_of, plain
from school.tasks.kinds.places import middle_of

_SHAPES = {"круг": "circle", "прямоугольник": "rect", "многоугольник": "poly"}
_WORDS = {shape: word for word, shape in _SHAPES.items()}
_LINE = re.compile(r"(?P<right>\*?)\s*(?P<shape>[^\W\d_]+)(?P<numbers>[\d\s.,;]+)(?:=\s*(?P<name>.*))?")
MAP_HINT = _l(
    "Say what the map shows, and the regions are drawn from their corners: poly 10 10 40 12 35 60. No picture is needed then."
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def read_place(line: str) -> tuple[dict[str, Any], bool, str]:
    """A place, whether it is marked as right, and its name; what can't be read has a shape that no kind knows."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return {"shape": "", "numbers": []}, False, ""
    shape = found["shape"].lower()
    numbers = [float(number) for number in _NUMBER.findall(found["numbers"])]
    area = {"shape": _SHAPES.get(shape, shape), "numbers": [int(one) if one == int(one) else one for one in numbers]}
    return area, bool(found["right"]), (found["name"] or "").strip()


def write_place(area: dict[str, Any], *, right: bool = False, name: str = "") -> str:
    """A place as its author writes it."""
    numbers = " ".join(f"{number:g}" for number in area["numbers"])
    return f"{'* ' if right else ''}{_WORDS.get(area['shape'], area['shape'])} {numbers}{f' = {name}' if name else ''}"


class PlacesForm(ItemForm):
    """What both kinds have; the page shows the places on the picture."""

    is_on_picture = True

    areas = TextAreaField(_l("Places"), [Length(max=4000)])
    map = StringField(_l("Map without a picture"), [Length(max=300)])

    def spec(self) -> dict[str, Any]:
        """A map is what has no picture: its regions are drawn."""
        made = super().spec()
        return made | ({"map": plain(self.map.data)} if plain(self.map.data) and "picture" not in made else {})

    def show(self, spec: dict[str, Any]) -> None:
        """The words of the map too."""
        super().show(spec)
        self.map.data = spec.get("map", "")

    @property
    def places(self) -> list[dict[str, Any]]:
        """The places that can be read so far, for the picture of the page."""
        return [{**area, "number": n, "x": middle_of(area)[0], "y": middle_of(area)[1]} for n, area in self._sound()]

    def _sound(self) -> list[tuple[int, dict[str, Any]]]:
        read = [read_place(line)[0] for line in lines_of(self.areas.data)]
        fewest = {"circle": 3, "rect": 4, "poly": 6}
        return [(n, area) for n, area in enumerate(read, 1) if len(area["numbers"]) >= fewest.get(area["shape"], 99)]


class HotspotForm(PlacesForm):
    """The right places of a picture."""

    kind = "hotspot"
    own = ("areas", "map", "many", "credit")
    homes = {"key": "areas"}
    hints = {
        "areas": _l(
            "In per cent of the picture: circle 25 40 8 (middle and radius), rect 10 10 30 20 (corner, width, height), poly and the corners. An asterisk before the right ones."
        ),
        "map": MAP_HINT,
    }

    many = BooleanField(_l("Several places are right"))
    credit = SelectField(
        _l("How points are given"),
        choices=[("partial", _l("a share for each right part")), ("all", _l("only when all is right"))],
    )

    def show_own(self, spec: dict[str, Any]) -> None:
        """One place a line."""
        key = spec.get("key", ())
        self.areas.data = "\n".join(
            write_place(area, right=place in key) for place, area in enumerate(spec.get("areas", ()))
        )
        self.many.data, self.credit.data = bool(spec.get("many", False)), spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """The places, and which of them are right."""
        read = [read_place(line) for line in lines_of(self.areas.data)]
        key = [place for place, (_, is_right, _) in enumerate(read) if is_right]
        made: dict[str, Any] = {"areas": [area for area, _, _ in read], "key": key}
        return made | ({"many": True, "credit": self.credit.data} if self.many.data else {})


class LabelsForm(PlacesForm):
    """A name for each place of a picture."""

    kind = "labels"
    own = ("areas", "extra", "map", "credit")
    homes = {"key": "areas", "labels": "areas"}
    hints = {
        "areas": _l(
            "In per cent of the picture, with the name: circle 25 40 8 = heart (middle and radius), rect 10 10 30 20 = lung (corner, width, height)."
        ),
        "extra": _l("Names that belong to no place, one in a line."),
        "map": MAP_HINT,
    }

    extra = TextAreaField(_l("Names without a place"), [Length(max=2000)])
    credit = HotspotForm.credit

    def show_own(self, spec: dict[str, Any]) -> None:
        """One place a line, with its name."""
        labels, key = spec.get("labels", ()), spec.get("key", ())
        self.areas.data = "\n".join(
            write_place(area, name=labels[key[place]]) for place, area in enumerate(spec.get("areas", ()))
        )
        self.extra.data = "\n".join(label for place, label in enumerate(labels) if place not in key)
        self.credit.data = spec.get("credit", "partial")

    def own_spec(self) -> dict[str, Any]:
        """The places and their names."""
        read = [read_place(line) for line in lines_of(self.areas.data)]
        labels = list(dict.fromkeys([*(name for _, _, name in read), *map(plain, lines_of(self.extra.data))]))
        key = [labels.index(name) for _, _, name in read]
        return {"areas": [area for area, _, _ in read], "labels": labels, "key": key, "credit": self.credit.data}


FORMS = (HotspotForm, LabelsForm)
