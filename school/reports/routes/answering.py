"""A paper in the form that was asked for: a page, XLSX or PDF."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, abort, request, url_for

from school.core import clock
from school.core.languages import gettext as _
from school.core.languages import language
from school.core.pages import page
from school.core.shell import Crumb
from school.reports.actions.making import file_name
from school.reports.printing import Paper, text_of, to_pdf, to_xlsx
from school.reports.seen import Period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LEAVES = 40
"""Leaves of a page; of longer papers the page shows the first, the files hold all."""


def answer(
    paper: Paper,
    *,
    periods: Sequence[Period],
    period: Period | None,
    where: Sequence[Crumb],
    keeps: Sequence[str] = (),
    **more: Any,
) -> Response:
    """The paper as the address asks: ``?as=pdf``, ``?as=xlsx``, else the page. ``keeps`` are words of the address that stay with it."""
    form = request.args.get("as")
    if form == "pdf":
        return _file(to_pdf(paper), f"{paper.name}.pdf", "application/pdf")
    if form == "xlsx":
        return _file(to_xlsx(paper), f"{paper.name}.xlsx", XLSX)
    if form is not None:
        abort(404)
    given = {**(request.view_args or {}), **{name: request.args[name] for name in keeps if name in request.args}}

    def address(**changed: Any) -> str:
        values = {**given, **({"period": period.word} if period else {}), **changed}
        return url_for(str(request.endpoint), **values)

    return page(
        "reports/paper.html",
        paper=paper,
        leaves=paper.leaves[:MOST_LEAVES],
        periods=[
            (one.name, address(period=one.word), period is not None and one.word == period.word) for one in periods
        ],
        now=clock.now(),
        pdf_url=address(**{"as": "pdf"}),
        xlsx_url=address(**{"as": "xlsx"}),
        text_of=lambda value: text_of(value, language()),
        where=(*where, Crumb(paper.title)),
        **more,
    )


def trail(school_id: int) -> tuple[Crumb, ...]:
    """The way to the list of reports."""
    return (Crumb(_("Reports"), url_for("reports.overview", school_id=school_id)),)


def _file(content: bytes, name: str, kind: str) -> Response:
    """The file with its Russian name, never kept by the way."""
    response = Response(content, mimetype=kind)
    stem, _dot, ending = name.rpartition(".")
    written = f"{file_name(stem)}.{ending}"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"report.{ending}\"; filename*=UTF-8''{quote(written)}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
