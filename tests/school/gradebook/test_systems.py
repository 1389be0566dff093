"""Points of other systems as marks of five, by the act's tables; the browser must map and gather digits alike."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from school.gradebook.scale import Rules, counted
from school.gradebook.systems import MOST, Criterion, System, to_five, value_of

ROOT = Path(__file__).parents[3]
RULES = Rules()
CRITERIA = (Criterion("Знание", 8), Criterion("Вывод", 8), Criterion("Язык", 4))

POINTS = [
    ("ten", "10", 5), ("ten", "9", 5), ("ten", "8", 4), ("ten", "7", 4), ("ten", "6", 3), ("ten", "4", 3),
    ("ten", "3", 2), ("ten", "0", 2), ("ten", "11", None),
    ("twelve", "12", 5), ("twelve", "10", 5), ("twelve", "9", 4), ("twelve", "6", 3), ("twelve", "3", 2), ("twelve", "13", None),
    ("hundred", "100", 5), ("hundred", "85", 5), ("hundred", "84", 4), ("hundred", "65", 4), ("hundred", "64", 3),
    ("hundred", "45", 3), ("hundred", "44", 2), ("hundred", "101", None), ("hundred", "", None), ("hundred", "-1", None),
    ("hundred", "5 5", None), ("hundred", "пять", None),
    ("criteria", "8 8 4", 5), ("criteria", "8 8 1", 5), ("criteria", "8 7 2", 5), ("criteria", "8 7 1", 4), ("criteria", "6 5 2", 4),
    ("criteria", "3 3 3", 3), ("criteria", "0 0 0", 2), ("criteria", "8 8", None), ("criteria", "8 8 5", None),
]  # fmt: skip


@pytest.mark.parametrize(("system", "origin", "value"), POINTS)
def test_points_become_a_mark_of_five(system: str, origin: str, value: int | None) -> None:
    assert value_of(system, origin, RULES.systems[system], CRITERIA) == value


def test_tables_belong_to_the_act() -> None:
    strict = {5: 95, 4: 80, 3: 60}
    assert [to_five(points, strict) for points in (95, 94, 80, 79, 60, 59)] == [5, 4, 4, 3, 3, 2]


@pytest.mark.parametrize(
    ("places", "retake", "counting"),
    [
        ([0], "instead", {0}),
        ([0, 1], "instead", {0, 1}),
        ([0, 2], "instead", {2}),
        ([0, 1, 2], "instead", {2}),
        ([0, 2, 3], "instead", {3}),
        ([0, 2], "beside", {0, 2}),
        ([0, 1, 2, 3], "beside", {0, 1, 2, 3}),
        ([], "instead", set()),
    ],
)
def test_which_marks_of_a_cell_count(places: list[int], retake: str, counting: set[int]) -> None:
    assert counted(places, retake) == counting


def test_the_browser_maps_and_counts_the_same() -> None:
    node = shutil.which("node", path=str(ROOT / ".venv/bin")) or shutil.which("node")
    assert node, "Node comes with the front end's build"
    asked: list[tuple[str, str]] = [(name, str(n)) for name, most in MOST.items() for n in range(most + 1)]
    whole = "criteria " + " ".join(str(one.most) for one in CRITERIA)
    asked += [(whole, f"{a} {b} {c}") for a in range(9) for b in range(9) for c in range(5)]
    cells = [[0], [0, 1], [0, 2], [0, 1, 2], [0, 2, 3], []]
    program = f"""
        import {{ counted, toFive, typed }} from {json.dumps(str(ROOT / "frontend/js/grid/scale.js"))};
        const {{ asked, systems, cells }} = JSON.parse(process.argv[1]);
        const digits = (system, keys) => {{
          let text = "";
          for (const key of keys) {{ const made = typed(system, text + key); if (made) text += key; if (made?.full) break; }}
          return typed(system, text)?.origin;
        }};
        console.log(JSON.stringify([
          asked.map(([system, origin]) => toFive(system, origin, systems)),
          ["instead", "beside"].map((rule) => cells.map((places) => counted(places, rule))),
          [digits("hundred", "875"), digits("hundred", "100"), digits("ten", "10"), digits("ten", "75"), digits({json.dumps(whole)}, "689734")],
        ]));
    """
    sent = json.dumps({"asked": asked, "systems": RULES.systems, "cells": cells})
    command = [node, "--input-type=module", "-e", program, sent]
    values, counting, typed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    names = [(System(name.split()[0]), origin) for name, origin in asked]
    assert values == [value_of(name, origin, RULES.systems[name], CRITERIA) for name, origin in names]
    assert [[set(one) for one in some] for some in counting] == [
        [counted(places, rule) for places in cells] for rule in ("instead", "beside")
    ]
    assert typed == ["87", "100", "10", "7", "6 8 3"]  # 9 and 7 are more than the third criterion has
