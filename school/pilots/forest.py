"""The forest of a pool: a line a school with its interval, and the sum below. The table beside it says the same. Pure."""

from markupsafe import Markup, escape

from school.pilots.analysis import Difference
from school.pilots.pooling import Pool
from school.pilots.words import number

WIDTH, LEFT, RIGHT, ROW = 640, 190, 20, 30
STEPS = (0.5, 1, 2, 5, 10, 20, 50)


def forest(pool: Pool, total_name: str) -> Markup | None:
    """None where there is nothing to draw. A square of a school grows with its weight; the sum is a diamond."""
    told = [(one.name, one.found, one.weight) for one in pool.lines if one.found is not None]
    if not told or pool.total is None:
        return None
    every = [pool.total, *(found for _name, found, _weight in told)]
    top = 1.05 * max(1.0, *(max(abs(one.low), abs(one.high)) for one in every))
    height = ROW * (len(told) + 2) + 10

    def x(value: float) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (value + top) / (2 * top):.1f}"

    def line(n: int, name: str, one: Difference) -> str:
        y = ROW * n + ROW / 2
        return (
            f'<text class="funnel-name" x="0" y="{y + 4:.0f}">{escape(name)}</text>'
            f'<line class="funnel-wall" x1="{x(one.low)}" x2="{x(one.high)}" y1="{y:.0f}" y2="{y:.0f}"/>'
        )

    parts = []
    for n, (name, one, weight) in enumerate(told):
        half = 3 + weight / 100 * 6
        parts.append(line(n, name, one))
        parts.append(
            f'<rect class="funnel-dot" x="{float(x(one.value)) - half:.1f}" y="{ROW * n + ROW / 2 - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}"/>'
        )
    n, total = len(told), pool.total
    y = ROW * n + ROW / 2
    parts.append(line(n, total_name, total))
    parts.append(
        f'<polygon class="funnel-dot" points="{x(total.low)},{y} {x(total.value)},{y - 8} {x(total.high)},{y} {x(total.value)},{y + 8}"/>'
    )
    middle = f'<line class="funnel-middle" x1="{x(0)}" x2="{x(0)}" y1="0" y2="{ROW * (n + 1)}"/>'
    step = next((one for one in STEPS if top / one < 4), 100)
    marks = [step * k for k in range(-int(top // step), int(top // step) + 1)]
    digits = 1 if step < 1 else 0
    scale = "".join(
        f'<text class="funnel-name" text-anchor="middle" x="{x(one)}" y="{ROW * (n + 1) + 20}">{number(one, digits)}</text>'
        for one in marks
    )
    return Markup(  # noqa: S704 - names are escaped above
        f'<svg class="funnel" viewBox="0 0 {WIDTH} {height}" aria-hidden="true">{middle}{"".join(parts)}{scale}</svg>'
    )
