"""How an interactive package comes to its page: its signed addresses, and what the script of the page needs to begin."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import abort, current_app, url_for
from itsdangerous import BadData, URLSafeSerializer

from school.core import clock, sandbox
from school.core.access import Actor
from school.core.languages import gettext as _
from school.library.queries.packages import PackageFile, Played

TURN = 6 * 3600
"""Seconds: addresses made in the same turn are equal, so that a browser keeps the parts it has; they live one to two turns."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the page of a unit is told of its package."""

    file: PackageFile
    played: Played
    player: str
    """Address of the player, on a host of its own where there is one."""
    fallback: str
    """Address of the player in an origin that is nobody's, for browsers that do not find that host."""
    save: str = ""
    """Where to say what was done; nothing where nobody asks."""

    @property
    def result(self) -> str:
        """What the package reports, in words."""
        return result_said(self.played.percent, is_complete=self.played.is_complete)

    @property
    def beginning(self) -> str:
        """What the script of the page needs to begin, as JSON."""
        kept: Any = json.loads(self.played.state) if self.played.state else None
        scenes = [[one.key, one.title, quote(one.address, safe="/?#&=%+;,:@!$'()*~")] for one in self.file.scenes]
        return json.dumps({"scenes": scenes, "state": kept, "revision": self.played.revision}, ensure_ascii=False)


def stage(actor: Actor, file: PackageFile, played: Played, save: str = "") -> Stage:
    """Make the addresses of a package for this person, and let the page frame them."""
    token = _tickets().dumps([clock.now().timestamp() // TURN * TURN + 2 * TURN, file.sha256, sandbox.site_origin()])
    path = url_for("library.package_player", token=token)
    here = sandbox.site_origin()
    own = sandbox.own_origin(f"{file.sha256}:{actor.account_id}")
    for origin in filter(None, (own, here)):
        sandbox.allow("frame-src", f"{origin}{path.rpartition('/')[0]}/")
    return Stage(file, played, f"{own or here}{path}", path if own else "", save)


def result_said(percent: int | None, *, is_complete: bool) -> str:
    """«80 %, пройдено»."""
    said = [_("%(n)s %%", n=percent)] if percent is not None else []
    said += [_("gone through")] if is_complete else []
    return ", ".join(said)


def opened(token: str) -> tuple[str, str]:
    """The package of an address, and the site that may frame it; 403 when the address is over."""
    try:
        until, package, site = _tickets().loads(token)
    except BadData:
        abort(403)
    if clock.now().timestamp() > until:
        abort(403)
    return str(package), str(site)


def _tickets() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="library.packages")
