"""Interactions on a picture: its places are numbered, and questions about them name the numbers."""

from dataclasses import dataclass

from lxml import etree

from content_library.interchange.figures import number_in
from content_library.interchange.markup import PictureNamer
from content_library.interchange.media import Media
from content_library.interchange.numbering import numbered
from content_library.interchange.question import Area
from content_library.interchange.readers.qti.names import number
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.xml import every, words

_POINTS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """A picture with its places."""

    picture: str
    """Key of the picture as it came."""
    numbered: str
    """Key of the picture with numbers."""
    alt: str
    names: dict[str, str]
    """Numbers of the places by their identifiers."""
    areas: tuple[Area, ...]

    @property
    def shown(self) -> str:
        """The numbered picture for a text."""
        return f"![{self.alt}]({self.numbered})"


def plan_of(element: etree._Element, picture: PictureNamer, media: Media, place: Place) -> Plan:
    """The picture of an interaction and its places. Raises ``Refused``."""
    image = next(iter(every(element, "img", "object", "image")), None)
    address = (image.get("src") or image.get("data") or "") if image is not None else ""
    alt = (image.get("alt") or words(image)) if image is not None else ""
    spots = every(element, "hotspotChoice", "associableHotspot")
    areas = tuple(map(_area, spots))
    if not spots or not all(area.numbers for area in areas):
        raise Refused(Why.UNREADABLE)
    key = picture(address, alt) if address else ""
    if not key:
        raise Refused(Why.MISSING_FILE)
    drawn = numbered(media.read(key), [_middle(area) for area in areas], number(image, "width") or 0)
    if drawn is None:
        raise Refused(Why.BAD_PICTURE)
    said = alt.replace("[", "(").replace("]", ")")
    kept = media.keep(drawn, "plan.png", said, place)
    names = {one.get("identifier", ""): str(at) for at, one in enumerate(spots, 1)}
    return Plan(key, kept, said, names, areas)


def _area(element: etree._Element) -> Area:
    numbers = [number_in(part) for part in element.get("coords", "").split(",")]
    return Area(
        shape=element.get("shape", "rect"),
        numbers=tuple(float(one) for one in numbers if one is not None),
        name=element.get("hotspotLabel") or element.get("identifier") or "",
    )


def _middle(area: Area) -> tuple[float, float]:
    if area.shape in {"circle", "ellipse"} or len(area.numbers) < _POINTS * 2:
        return area.numbers[0], area.numbers[1] if len(area.numbers) > 1 else 0.0
    across, down = area.numbers[0::2], area.numbers[1::2]
    return sum(across) / len(across), sum(down) / len(down)
