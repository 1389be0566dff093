"""HTML pages of courses and books as texts."""

import re

from content_library.interchange.found import Text
from content_library.interchange.markup import markdown_of_html
from content_library.interchange.media import Media, PartPictures
from content_library.interchange.reasons import Place, Refused, Why
from content_library.interchange.safety.archives import Archive
from content_library.interchange.safety.encoding import text_of

_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body[^>]*>(.*?)(?:</body>|\Z)", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_LONGEST = 8 * 1024 * 1024


def page_of(archive: Archive, part: str, media: Media, title: str = "", *, is_task: bool = False) -> Text:
    """A page of an archive. Raises ``Refused`` when there is nothing to read in it."""
    source = text_of(archive.read(part, _LONGEST))
    titled = _TITLE.search(source)
    return page_of_html(
        source, archive, part, media, title or (" ".join(titled[1].split()) if titled else ""), is_task=is_task
    )


def page_of_html(source: str, archive: Archive, part: str, media: Media, title: str, *, is_task: bool = False) -> Text:
    """The same for HTML at hand."""
    body = _BODY.search(source)
    markdown = markdown_of_html(body[1] if body else source, PartPictures(media, archive, part, ("", "web_resources")))
    if not markdown:
        raise Refused(Why.NOTHING_FOUND, Place(part=part, name=title[:120]))
    heading = _HEADING.search(markdown)
    called = title or (heading[1] if heading else part.rpartition("/")[2].rpartition(".")[0])
    return Text(title=called, markdown=markdown, pictures=media.named(markdown), is_task=is_task)
