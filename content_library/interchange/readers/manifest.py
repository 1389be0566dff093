"""``imsmanifest.xml``: what a package says it holds."""

from dataclasses import dataclass

from lxml import etree

from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.archives import Archive, resolve
from content_library.interchange.safety.xml import child, children, every, parse_xml, words

NAME = "imsmanifest.xml"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource."""

    key: str
    kind: str
    href: str
    files: tuple[str, ...]
    needs: tuple[str, ...]
    title: str
    stands_for: str
    """Key of a better form of the same."""
    sort: str = ""
    """``sco`` or ``asset`` in SCORM."""
    address: str = ""
    """``href`` with its question mark and what follows."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the organisation that opens something."""

    key: str
    resource: str
    title: str
    parameters: str
    is_visible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest."""

    part: str
    title: str
    schema: str
    version: str
    resources: tuple[Resource, ...]
    items: tuple[Item, ...] = ()
    """What the organisation opens, in its order."""

    def format(self, version: str) -> str:
        """How the package is called, with the version of the questions in it when it is a package of those."""
        if "cartridge" in self.schema.lower():
            return f"common-cartridge-{'.'.join(self.version.split('.')[:2]) or '1'}"
        return f"qti-{version}-package" if version else "ims-package"


def find_manifest(archive: Archive) -> str | None:
    """The manifest at the top of a package, or in its only folder."""
    if NAME in archive.names:
        return NAME
    found = [name for name in archive.names if name.rpartition("/")[2].lower() == NAME and name.count("/") <= 1]
    return found[0] if len(found) == 1 else None


def manifest_of(archive: Archive, part: str) -> Manifest:
    """A manifest, read. Raises ``Refused``."""
    root = parse_xml(archive.read(part), part)
    if root.tag is None or not str(etree.QName(root).localname) == "manifest":
        raise Refused(Why.BAD_PACKAGE, Place(part=part))
    titles = {one.get("identifierref", ""): words(child(one, "title")) for one in every(root, "item")}
    listed = child(root, "resources")
    base = (listed.get(_BASE) or "") if listed is not None else ""
    about = child(root, "metadata")
    organisations = child(root, "organizations")
    items = _items(organisations) if organisations is not None else ()
    return Manifest(
        part=part,
        title=_title(root),
        schema=words(child(about, "schema")),
        version=words(child(about, "schemaversion")),
        resources=tuple(_resource(archive, part, base, one, titles) for one in every(root, "resource")),
        items=items,
    )


def _items(organisations: etree._Element) -> tuple[Item, ...]:
    """Of the organisation that the package itself prefers, else of the first."""
    all_of_them = children(organisations, "organization")
    wanted = organisations.get("default", "")
    chosen = next((one for one in all_of_them if one.get("identifier") == wanted), None)
    if chosen is None:
        chosen = all_of_them[0] if all_of_them else organisations
    return tuple(
        Item(
            key=one.get("identifier", "") or one.get("identifierref", ""),
            resource=one.get("identifierref", ""),
            title=words(child(one, "title")),
            parameters=one.get("parameters", ""),
            is_visible=one.get("isvisible", "true").lower() != "false",
        )
        for one in every(chosen, "item")
        if one.get("identifierref")
    )


def _title(root: etree._Element) -> str:
    for outer in every(root, "lom"):
        general = child(outer, "general")
        title = words(child(general, "title"))
        if title:
            return title[:300]
    organisations = child(root, "organizations")
    for organisation in children(organisations, "organization") if organisations is not None else ():
        title = words(child(organisation, "title"))
        if title:
            return title[:300]
    return ""


def _resource(archive: Archive, part: str, base: str, element: etree._Element, titles: dict[str, str]) -> Resource:
    inner = (element.get(_BASE) or "").strip()

    def whole(href: str) -> str:
        path = f"{base}{inner}{href}" if href else ""
        return (resolve(archive, part, path) or path) if path else ""

    plain, mark, rest = element.get("href", "").partition("?")
    if not mark:
        plain, mark, rest = plain.partition("#")
    sort = next((value for name, value in element.attrib.items() if str(name).lower().endswith("scormtype")), "")
    variant = next(iter(every(element, "variant")), None)
    return Resource(
        key=element.get("identifier", ""),
        kind=element.get("type", ""),
        href=whole(element.get("href", "")),
        files=tuple(whole(one.get("href", "")) for one in children(element, "file") if one.get("href")),
        needs=tuple(one.get("identifierref", "") for one in children(element, "dependency")),
        title=titles.get(element.get("identifier", ""), ""),
        stands_for=variant.get("identifierref", "") if variant is not None else "",
        sort=str(sort).lower(),
        address=f"{whole(plain)}{mark}{rest}" if plain else "",
    )
