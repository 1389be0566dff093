"""What a person does on a page, counted by the browser's own trusted events: presses of a pointer, of keys, and forms sent."""

from playwright.sync_api import Page

_COUNT = """() => {
  const add = (what) => (event) => {
    if (!event.isTrusted || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const acts = JSON.parse(sessionStorage.getItem("acts") ?? "{}");
    acts[what] = (acts[what] ?? 0) + 1;
    sessionStorage.setItem("acts", JSON.stringify(acts));
  };
  for (const what of ["pointerdown", "keydown", "submit"]) addEventListener(what, add(what), {capture: true});
}"""


def count_acts(page: Page) -> None:
    """Begin at zero: on this page, and on those it leads to."""
    page.context.add_init_script(f"({_COUNT})()")
    page.evaluate("sessionStorage.removeItem('acts')")
    page.evaluate(_COUNT)


def acts(page: Page) -> dict[str, int]:
    """How many of each since; ``submit`` follows from a press and is no act of its own."""
    found: dict[str, int] = page.evaluate("JSON.parse(sessionStorage.getItem('acts') ?? '{}')")
    return found


def presses(page: Page) -> int:
    """Pointer and keys together."""
    found = acts(page)
    return found.get("pointerdown", 0) + found.get("keydown", 0)
