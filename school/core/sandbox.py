"""Where programs of strangers run: on hosts of their own, which serve nothing else and to which nobody is signed in.

A package runs in the browser of a pupil. It may do there what it likes as long as it can reach nothing of the school: so
it comes from another host than the site (``SANDBOX_URL``; on a laptop ``*.packages.localhost``, which every browser finds on
the own machine), one for each package and person, so that packages and pupils at one computer see nothing of each other.
Where there is no such host, it runs in an origin that is nobody's (``Content-Security-Policy: sandbox allow-scripts``).
See docs/decisions/0024-packages-in-a-sandbox.md.
"""

import re
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask, abort, g, request

from school.core.config import Settings, current_settings

LOOPBACK = "packages.localhost"
_OWN_MACHINE = {"localhost", "127.0.0.1", "[::1]"}
SERVED = {"library.package_part", "library.package_player", "files.read", "core.asset"}
"""All that these hosts answer: the site itself must never be found there, or a package would be at home with it."""


def own_origin(key: str) -> str | None:
    """The origin for whatever ``key`` names (a package and a person); None where the site has no host but its own."""
    label = sha256(f"{current_settings().secret_key}:{key}".encode()).hexdigest()[:20]
    pattern = current_settings().sandbox_url
    if pattern is not None:
        return pattern.replace("*", label)
    host, _, port = request.host.rpartition(":") if re.search(r":\d+$", request.host) else (request.host, "", "")
    if host not in _OWN_MACHINE:
        return None
    return f"{request.scheme}://{label}.{LOOPBACK}{f':{port}' if port else ''}"


def is_own_host() -> bool:
    """Whether this request has come to a host of packages."""
    return _is_own(request.host, current_settings())


def site_origin() -> str:
    """The origin of this request."""
    return f"{request.scheme}://{request.host}"


def allow(directive: str, source: str) -> None:
    """Let this one answer's page use a source that pages have no need of: ``allow("frame-src", "https://…")``."""
    g.setdefault("csp_more", {}).setdefault(directive, []).append(source)


def _is_own(host: str, settings: Settings) -> bool:
    name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
    if name == LOOPBACK or name.endswith(f".{LOOPBACK}"):
        return True
    if settings.sandbox_url is None:
        return False
    pattern = re.escape(urlsplit(settings.sandbox_url).hostname or "").replace(r"\*", r"[^.]+")
    return re.fullmatch(pattern, name) is not None


def init_app(app: Flask, settings: Settings) -> None:
    """Answer nothing but packages on the hosts of packages."""

    @app.before_request
    def only_packages() -> None:
        if _is_own(request.host, settings) and request.endpoint not in SERVED:
            abort(404)
