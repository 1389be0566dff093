"""Features meet only at their doors, and no file is a drawer for odds and ends."""

from pathlib import Path

import grimp

import content_library

ROOT = Path(__file__).parents[2]
DOORS = {
    "codes",
    "passwords",
    "models",
    "queries",
    "actions",
    "policy",
    "names",
    "kinds",
    "scale",
    "sheets",
    "errors",
    "hooks",
    "seen",
    "estimate",
}
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "services", "service", "misc"}
MOST_LINES = 400


def test_features_meet_at_their_doors() -> None:
    graph = grimp.build_graph("school", "content_library")
    wrong = []
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            a, b = importer.split("."), imported.split(".")
            if a[0] != "school" or b[0] != "school" or len(a) < 3 or len(b) < 3 or a[1] == b[1]:
                continue
            if b[1] == "core" or b[2] in DOORS:
                continue
            wrong.append(f"{importer} -> {imported}")
    assert not wrong, sorted(wrong)


def test_the_library_is_entered_by_its_front_door() -> None:
    graph = grimp.build_graph("school", "content_library")
    allowed = {"school.core.database", "school.core.files", "school.core.migrating", "school.registry"}
    free = ("content_library.models", "content_library.ids", "content_library.storage")
    verbs = {f"content_library.{name}" for name in content_library.__all__}
    wrong = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        if importer.startswith("school.") and importer not in allowed
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.startswith("content_library.") and not imported.startswith(free)
        if imported not in verbs
    ]
    assert not wrong, sorted(wrong)


def test_files_have_a_noun_and_a_size() -> None:
    for path in [*ROOT.glob("school/**/*.py"), *ROOT.glob("content_library/**/*.py")]:
        assert path.stem not in FORBIDDEN, path
        lines = len(path.read_text().splitlines())
        assert lines <= MOST_LINES, f"{path.relative_to(ROOT)} has {lines} lines"
