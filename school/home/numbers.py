"""Numbers as a page shows them: «12 345», «94,1». A home page writes dozens, and the library's way takes a text pattern apart each time."""

from school.core.languages import language

NARROW = "\u00a0"


def is_russian() -> bool:
    """Whether numbers are written with spaces and commas."""
    return language() == "ru"


def whole(value: int) -> str:
    """Thousands apart: «12 345», "12,345"."""
    grouped = f"{value:,}"
    return grouped.replace(",", NARROW) if is_russian() else grouped


def decimal(value: float, digits: int = 1) -> str:
    """With so many digits after the comma: «94,1», "94.1"; a trailing «,0» stays, so that columns stand even."""
    written = f"{value:,.{digits}f}"
    return written.replace(",", NARROW).replace(".", ",") if is_russian() else written
