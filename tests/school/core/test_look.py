"""The pieces of the design hold together: every icon exists, every piece renders, the first visit stays light."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from school.core.assets import BUILD

ROOT = Path(__file__).parents[3]
ICONS = set((ROOT / "frontend/icons.txt").read_text().split())
LIGHT = 150 * 1024
FONT = 60 * 1024
OWN_SCRIPT = 10 * 1024


def test_the_style_guide_shows_every_piece(app: Flask) -> None:
    html = app.test_client().get("/styleguide").text
    for piece in (
        "mark",
        "pill",
        "notice",
        "row",
        "table",
        "tab",
        "empty",
        "skeleton-row",
        "figure",
        "progress",
        "now",
    ):
        assert f'class="{piece}"' in html


def test_a_form_with_errors_says_where_they_are(app: Flask) -> None:
    html = app.test_client().get("/styleguide?errors=1").text
    assert "data-error-summary" in html
    assert '<a href="#title">Название: Напишите, как называется работа.</a>' in html
    assert 'aria-describedby="title-error"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("template", sorted(ROOT.glob("school/*/templates/**/*.html")), ids=lambda path: path.name)
def test_every_icon_named_in_a_template_is_in_the_sprite(template: Path) -> None:
    named = set(re.findall(r'\bicon(?:_name)?(?:\(|=)"([a-z0-9-]+)"', template.read_text()))
    assert named <= ICONS


@pytest.mark.parametrize("template", sorted(ROOT.glob("school/*/templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_has_a_style_or_a_handler_of_its_own(template: Path) -> None:
    if template == ROOT / "school/notices/templates/notices/letter.html":
        return  # programs for mail know no other way; no page of the site is made of it
    text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", text)


def test_the_first_visit_is_light() -> None:
    manifest = json.loads((BUILD / "manifest.json").read_text())
    fonts = sum((BUILD / file).stat().st_size for name, file in manifest.items() if name.endswith(".woff2"))
    base = sum((BUILD / f"{manifest[name]}.gz").stat().st_size for name in ("app.js", "app.css", "icons.svg"))
    assert fonts <= FONT
    assert fonts + base <= LIGHT * 2 // 3, "a third is left for the page itself and its instruments"


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("instruments/model.js", 2),
        ("instruments/model-viewer.js", 300),
        ("instruments/package.js", 4),
        ("sandbox/scorm12.js", 25),
        ("sandbox/scorm2004.js", 90),
        ("sandbox/h5p.js", 12),
        ("sandbox/h5p-frame.js", 55),
    ],
)
def test_what_is_loaded_on_use_keeps_its_budget(name: str, budget: int) -> None:
    """Kilobytes, compressed; the player and the viewer come only when somebody opens a package or a model."""
    manifest = json.loads((BUILD / "manifest.json").read_text())
    assert (BUILD / f"{manifest[name]}.gz").stat().st_size <= budget * 1024


def test_our_own_script_is_small() -> None:
    """What is above htmx in the compressed base bundle is ours."""
    manifest = json.loads((BUILD / "manifest.json").read_text())
    htmx = (ROOT / "frontend/node_modules/htmx.org/dist/htmx.min.js.gz").stat().st_size
    assert (BUILD / f"{manifest['app.js']}.gz").stat().st_size - htmx <= OWN_SCRIPT


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "frontend/package-lock.json").read_text()
    assert '"resolved"' not in lock
