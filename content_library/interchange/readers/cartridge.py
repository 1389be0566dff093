"""Packages with an ``imsmanifest.xml``: Common Cartridge 1.1 to 1.3, and the packages of QTI 1.2, 2.x and 3.0."""

import re
from collections import Counter

from content_library.interchange.found import Found, Test, Text, Thing
from content_library.interchange.markup import markdown_of_html
from content_library.interchange.media import Media, PartPictures
from content_library.interchange.question import Question
from content_library.interchange.readers.documents import document_of_part
from content_library.interchange.readers.manifest import Manifest, Resource, find_manifest, manifest_of
from content_library.interchange.readers.pages import page_of, page_of_html
from content_library.interchange.readers.qti import classic
from content_library.interchange.readers.qti.modern import item_of_part
from content_library.interchange.readers.qti.names import normalise
from content_library.interchange.reasons import Place, Refusal, Refused, Why
from content_library.interchange.safety.archives import Archive, resolve
from content_library.interchange.safety.xml import child, every, parse_xml, words
from content_library.interchange.source import Source

_MEDIA = re.compile(r"\.(png|jpe?g|gif|webp|svg|mp3|mp4|m4a|ogg|wav|webm|mov|vtt|srt)$", re.IGNORECASE)
_AIDS = re.compile(r"\.(css|js|xsd|dtd|woff2?|ttf|otf|eot|ico)$", re.IGNORECASE)
_HTML = re.compile(r"\.x?html?$", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(pdf|docx|pptx)$", re.IGNORECASE)


class Cartridge:
    """A package, packed or unpacked."""

    format = "package"

    def recognises(self, source: Source) -> bool:
        """A manifest at the top, and no SCORM in it."""
        archive = source.archive
        return archive is not None and find_manifest(archive) is not None

    def read(self, source: Source, media: Media) -> Found:
        """Every resource of the manifest: taken, or named with the reason."""
        archive = source.archive
        place = find_manifest(archive) if archive is not None else None
        if archive is None or place is None:
            raise Refused(Why.UNKNOWN_FORMAT)
        manifest = manifest_of(archive, place)
        return _Unpacking(archive, manifest, media, source.stem).found()


class _Unpacking:
    """One package being read."""

    def __init__(self, archive: Archive, manifest: Manifest, media: Media, title: str) -> None:
        self._archive = archive
        self._manifest = manifest
        self._media = media
        self._title = manifest.title or title
        self._things: list[Thing] = []
        self._items: dict[str, Question] = {}
        self._links: list[tuple[str, str]] = []
        self._refused: list[Refusal] = []
        self._used: set[str] = {manifest.part}
        self._versions: Counter[str] = Counter()

    def found(self) -> Found:
        """All of it."""
        self._take_tests()
        for resource in self._manifest.resources:
            self._used.update(resource.files)
            try:
                self._take(resource)
            except Refused as problem:
                self._refused.append(problem.at(self._place(resource)))
        self._gather_items()
        if self._links:
            lines = "\n".join(f"- [{title}]({address})" for title, address in self._links)
            self._things.append(Text(title=self._title, markdown=lines, parts=len(self._links)))
        if not self._things and not self._refused and not self._media.refused:
            raise Refused(Why.NOTHING_FOUND)
        version = self._versions.most_common(1)[0][0] if self._versions else ""
        name = self._manifest.format(version)
        return Found(name, tuple(self._things), (*self._refused, *self._media.refused), frozenset(self._used))

    def _place(self, resource: Resource) -> Place:
        return Place(part=resource.href or (resource.files[0] if resource.files else ""), name=resource.title[:120])

    def _take(self, resource: Resource) -> None:
        kind = resource.kind
        for test, reader in _KINDS:
            if re.search(test, kind):
                getattr(self, reader)(resource)
                return
        raise Refused(Why.RESOURCE_UNKNOWN, kind=kind or "?")

    def _take_tests(self) -> None:
        """Tests of QTI 2 and 3 say which items belong together, and in which order."""
        self._tests: list[tuple[str, list[str]]] = []
        for resource in self._manifest.resources:
            if not re.search(r"imsqti_(test|assessment|section)", resource.kind) or not resource.href:
                continue
            try:
                root = parse_xml(self._archive.read(resource.href), resource.href)
            except Refused:
                continue  # said again when its turn comes
            normalise(root)
            named = [
                resolve(self._archive, resource.href, one.get("href", "")) for one in every(root, "assessmentItemRef")
            ]
            self._tests.append((root.get("title") or resource.title, [name for name in named if name]))

    def take_test(self, resource: Resource) -> None:
        """A test was read first; here only what it names and is not there."""
        root = parse_xml(self._archive.read(resource.href), resource.href)
        self._versions[normalise(root)] += 1
        listed = {one.href for one in self._manifest.resources}
        for one in every(root, "assessmentItemRef"):
            part = resolve(self._archive, resource.href, one.get("href", ""))
            place = Place(part=part or one.get("href", "")[:200])
            if part in listed:
                continue
            try:
                if part is None:
                    raise Refused(Why.MISSING_FILE)
                self._used.add(part)
                self._take_item(part)
            except Refused as problem:
                self._refused.append(problem.at(place))

    def take_item(self, resource: Resource) -> None:
        """One question in its file."""
        self._take_item(resource.href or (resource.files[0] if resource.files else ""))

    def _take_item(self, href: str) -> None:
        number = len(self._items) + 1
        version, question = item_of_part(self._archive, href, self._media, Place(part=href, number=number))
        self._versions[version] += 1
        self._items[href] = question

    def _gather_items(self) -> None:
        """Questions into tests: those that a test names, in its order; the rest into one."""
        left = dict(self._items)
        for title, names in self._tests:
            questions = tuple(left.pop(name) for name in names if name in left)
            if questions:
                self._things.append(Test(title=title or self._title, questions=questions))
        if left:
            self._things.append(Test(title=self._title, questions=tuple(left.values())))

    def take_classic(self, resource: Resource) -> None:
        """QTI 1.2. Canvas keeps beside the common form its own, which says more."""
        own = next((name for name in self._near(resource) if "non_cc_assessments/" in name), "")
        part = own if own in self._archive.names else (resource.href or next(iter(resource.files), ""))
        self._used.update((own, part))
        self._versions["1.2"] += 1
        test, refused = classic.read_part(self._archive, part, self._media, resource.title or self._title)
        self._refused.extend(refused)
        if test.questions:
            self._things.append(test)

    def _near(self, resource: Resource) -> list[str]:
        """Files of the resources that this one depends on."""
        return [
            name for key in resource.needs for one in self._manifest.resources if one.key == key for name in one.files
        ]

    def take_own(self, resource: Resource) -> None:
        """What only Canvas writes: question banks, and its settings."""
        href = resource.href
        if "non_cc_assessments/" in href:
            if not any(href in self._near(one) for one in self._manifest.resources):
                self.take_classic(resource)
            return
        if any(resource.key in one.needs for one in self._manifest.resources):
            return  # the settings of another resource, which is read
        if _HTML.search(href):
            self._things.append(page_of(self._archive, href, self._media, resource.title, is_task=True))
            return
        raise Refused(Why.NOT_LEARNING)

    def take_content(self, resource: Resource) -> None:
        """Files: pages, documents, pictures that the pages show."""
        if resource.stands_for:
            return  # a simpler form of a resource that is read itself
        href = resource.href or next(iter(resource.files), "")
        if href not in self._archive.names:
            raise Refused(Why.MISSING_FILE)
        if _HTML.search(href):
            self._things.append(page_of(self._archive, href, self._media, resource.title))
        elif _DOCUMENT.search(href):
            found = document_of_part(self._archive, href, self._media, resource.title)
            self._things.extend(found.things)
            self._refused.extend(found.refused)
        elif _MEDIA.search(href):
            raise Refused(Why.MEDIA_ALONE)
        elif not _AIDS.search(href):
            raise Refused(Why.RESOURCE_UNKNOWN, kind=href.rpartition(".")[2][:20])

    def take_link(self, resource: Resource) -> None:
        """An address of the net."""
        root = parse_xml(self._archive.read(resource.files[0]), resource.files[0])
        url = child(root, "url")
        address = (url.get("href") or "").strip() if url is not None else ""
        if not re.fullmatch(r"https?://[^\s()<>]+", address):
            raise Refused(Why.UNREADABLE)
        self._links.append((words(child(root, "title")).replace("[", "(").replace("]", ")") or address, address))

    def take_topic(self, resource: Resource) -> None:
        """A question to discuss: something to do."""
        self._take_worded(resource)

    def take_assignment(self, resource: Resource) -> None:
        """Something to do."""
        self._take_worded(resource)

    def _take_worded(self, resource: Resource) -> None:
        part = resource.href or resource.files[0]
        root = parse_xml(self._archive.read(part), part)
        title = words(child(root, "title")) or resource.title
        text = child(root, "text")
        source = "".join(text.itertext()) if text is not None else ""
        if not markdown_of_html(source, PartPictures(self._media, self._archive, part, ("", "web_resources"))):
            raise Refused(Why.NO_PROMPT, Place(part=part, name=title[:120]))
        self._things.append(page_of_html(source, self._archive, part, self._media, title, is_task=True))

    def skip(self, _resource: Resource) -> None:
        """What only helps other resources."""


_KINDS = (
    (r"imsqti_xmlv1p", "take_classic"),
    (r"imsqti_assesment_xmlv1p", "take_classic"),
    (r"imsqti_(apip)?item", "take_item"),
    (r"imsqti_(test|assessment|section)", "take_test"),
    (
        r"imsqti_(stimulus|rptemplate|outcome|usagedata)|^(css|resprocessing|resourcemetadata|controlfile|extension)",
        "skip",
    ),
    (r"^imswl_", "take_link"),
    (r"^imsdt_", "take_topic"),
    (r"^assignment_", "take_assignment"),
    (r"^associatedcontent/|learning-application-resource", "take_own"),
    (r"^webcontent$|^webcontent/", "take_content"),
)
