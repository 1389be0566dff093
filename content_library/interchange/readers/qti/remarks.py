"""What an item of QTI 2 and 3 says after the answer."""

from collections.abc import Callable

from lxml import etree

from content_library.interchange.safety.xml import every


def remarks_of(root: etree._Element, rich: Callable[[etree._Element], str]) -> dict[str, object]:
    """Remarks by the fields of a question; which is for what is told by their usual names."""
    said: dict[str, list[str]] = {"when_right": [], "when_wrong": [], "hints": [], "explanation": []}
    for one in every(root, "modalFeedback", "feedbackBlock"):
        text, name = rich(one), (one.get("identifier") or "").lower()
        if text:
            said[_field(name)].append(text)
    return {key: tuple(texts) if key == "hints" else "\n\n".join(dict.fromkeys(texts)) for key, texts in said.items()}


def _field(name: str) -> str:
    if "incorrect" in name or "wrong" in name:
        return "when_wrong"
    if "hint" in name:
        return "hints"
    return "when_right" if "correct" in name or "right" in name else "explanation"
