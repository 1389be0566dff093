"""How a browser is told to show or to save a file."""

from urllib.parse import quote

_SHOWN = frozenset(
    {
        "application/pdf",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "image/avif",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "text/plain",
        "text/vtt",
        "video/mp4",
        "video/webm",
    }
)
"""Types that can't run as a page of ours. HTML and SVG can, so they are only ever downloaded."""


def disposition(filename: str, content_type: str, *, download: bool) -> str:
    """The Content-Disposition header (RFC 6266), with the name in both spellings."""
    way = "attachment" if download or content_type.partition(";")[0] not in _SHOWN else "inline"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in filename)
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
