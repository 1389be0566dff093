"""Compile the translations of every feature, those only that have changed: `python -m school.core.catalogues`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SCHOOL = Path(__file__).parents[1]


def compile_all(root: Path = SCHOOL) -> list[Path]:
    """Write the `.mo` beside each newer `.po`; the ones written."""
    written = []
    for source in sorted(root.glob("*/translations/*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
