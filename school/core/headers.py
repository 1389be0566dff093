"""Response headers that keep a browser from being used against the person before it."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g

from school.core.config import Settings


def nonce() -> str:
    """This response's nonce for scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(12)
    made: str = g.csp_nonce
    return made


def _widened(policy: str, directive: str, sources: str) -> str:
    """The policy with more sources for a directive, which it may not have yet."""
    if f"; {directive} " in policy:
        return policy.replace(f"; {directive} ", f"; {directive} {sources} ", 1)
    return f"{policy}; {directive} {sources}"


def init_app(app: Flask, settings: Settings) -> None:
    """Send a strict content security policy and its companions with every answer."""
    storage = ""
    if settings.s3:
        parts = urlsplit(settings.s3.public_endpoint)
        storage = f" {parts.scheme}://{parts.netloc}"
    policy = (
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: blob:{storage}; media-src 'self' blob:{storage}; connect-src 'self'{storage}; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    app.jinja_env.globals["csp_nonce"] = nonce

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        if "Content-Security-Policy" not in headers:
            said = policy.replace("{nonce}", g.get("csp_nonce", "none"))
            for directive, sources in g.get("csp_more", {}).items():
                said = _widened(said, directive, " ".join(sources))
            headers["Content-Security-Policy"] = said
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "geolocation=(), payment=(), usb=()"
        if settings.https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
