"""Russian is complete: every text of the program is in a catalogue, translated and settled."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

SCHOOL = Path(__file__).parents[2] / "school"
FEATURES = sorted(
    {path.parents[1].name for path in SCHOOL.glob("*/*/*.html")} | {p.parent.name for p in SCHOOL.glob("*/__init__.py")}
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "_l": None,
    "_n": (1, 2),
    "lazy_ngettext": (1, 2),
    "say": None,
}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]


def texts_of(feature: str) -> set[str]:
    found = extract_from_dir(SCHOOL / feature, METHODS, {"**.html": {"silent": "false"}}, KEYWORDS)
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found if message}


@pytest.mark.parametrize("feature", FEATURES)
def test_every_text_is_translated(feature: str) -> None:
    needed = texts_of(feature)
    if not needed:
        return
    path = SCHOOL / feature / "translations" / "ru" / "LC_MESSAGES" / "messages.po"
    assert path.exists(), f"{feature} has texts and no Russian catalogue"
    with path.open("rb") as file:
        catalogue = read_po(file)
    ready = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            ready[key] = all(forms) and not message.fuzzy
            if isinstance(message.id, tuple):
                assert len(forms) == 3, f"{key!r} needs three Russian forms"
            else:
                names = re.findall(r"%\((\w+)\)s", key)
                assert sorted(names) == sorted(re.findall(r"%\((\w+)\)s", forms[0])), f"other names in {key!r}"
    assert not (needed - ready.keys()), f"{feature}: not in the catalogue: {sorted(needed - ready.keys())[:10]}"
    assert all(ready.values()), [key for key, good in ready.items() if not good][:10]


def test_an_english_text_means_one_russian_text() -> None:
    """The catalogues are read into one, so of two Russian texts for one English the last feature's would win."""
    meanings: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for feature in FEATURES:
        path = SCHOOL / feature / "translations" / "ru" / "LC_MESSAGES" / "messages.po"
        if not path.exists():
            continue
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    key = message.id[0] if isinstance(message.id, tuple) else message.id
                    meanings[str(key)][str(message.string)].append(feature)
    apart = {key: dict(texts) for key, texts in meanings.items() if len(texts) > 1}
    assert not apart, "one text of the program has several Russian ones; make them one, or use another English text"
