"""Addresses of built front-end files, by the build's manifest; and their delivery with the compression already done."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request, send_from_directory
from markupsafe import Markup

from school.core.headers import nonce
from school.core.sandbox import allow

BUILD = Path(__file__).parent.parent / "static" / "build"
A_YEAR = 31_536_000


class Assets:
    """The manifest of one build: logical names to hashed files."""

    def __init__(self, folder: Path = BUILD) -> None:
        self.folder = folder

    @cached_property
    def manifest(self) -> dict[str, str]:
        """Read once; a missing build is a clear error, not a page without style."""
        try:
            found: dict[str, str] = json.loads((self.folder / "manifest.json").read_text())
        except FileNotFoundError:
            raise RuntimeError("the front end is not built yet: run `make install`") from None
        return found

    def address(self, name: str) -> str:
        """``app.js`` to ``/static/build/app-1A2B3C.js``."""
        return f"/static/build/{self.manifest[name]}"

    def instrument(self, name: str) -> Markup:
        """The tags that put the instrument ``name`` on a page: its script and, where it has one, its style."""
        if name == "model":
            _allow_model_viewer(self)
        script = Markup('<script type="module" src="{}" nonce="{}"></script>').format(
            self.address(f"instruments/{name}.js"), nonce()
        )
        if f"instruments/{name}.css" not in self.manifest:
            return script
        return Markup('<link rel="stylesheet" href="{}">').format(self.address(f"instruments/{name}.css")) + script


def _allow_model_viewer(assets: Assets) -> None:
    """What the page of a 3D model needs beyond other pages: the style that the viewer brings, by its sum, and its own pictures."""
    for found in assets.manifest["model-viewer.styles"].split():
        allow("style-src", found)
    allow("connect-src", "blob:")


def init_app(app: Flask) -> None:
    """Give templates ``asset()`` and ``instrument()``, and serve the files for ever under their hashed names."""
    assets = Assets()
    app.extensions["assets"] = assets
    app.jinja_env.globals.update(asset=assets.address, instrument=assets.instrument)

    @app.get("/static/build/<path:name>", endpoint="core.asset")
    def asset(name: str) -> Response:
        return _send(assets.folder, name)


def _send(folder: Path, name: str) -> Response:
    if name.endswith((".br", ".gz")):
        abort(404)
    for coding, ending in (("br", ".br"), ("gzip", ".gz")):
        if request.accept_encodings[coding] > 0 and (folder / (name + ending)).is_file():
            response = send_from_directory(folder, name + ending, mimetype=_type_of(name), max_age=A_YEAR)
            response.headers["Content-Encoding"] = coding
            break
    else:
        response = send_from_directory(folder, name, mimetype=_type_of(name), max_age=A_YEAR)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    return response


_TYPES: dict[str, Any] = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
}


def _type_of(name: str) -> str | None:
    return _TYPES.get(Path(name).suffix)
