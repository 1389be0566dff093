"""A paper as PDF on A4, set by Typst: our one template, the paper as data."""

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

from school.core.assets import BUILD
from school.reports.printing.document import Block, Facts, Leaf, Paper, Signatures, Table, Words, text_of

TEMPLATE = Path(__file__).with_name("paper.typ")
FONTS = BUILD / "print"
"""Golos Text as the front end's build lays it there; Typst's own fonts and the machine's are not looked at."""
TAGGED_LEAVES = 8
"""Up to so many leaves a file says what is a table and what a heading, for who listens to it; longer ones are printed by the stack, and
the same words would make them twenty times as long."""

_one_at_a_time = Lock()
"""The compiler keeps what it has set; two at once would only wait for each other inside."""


class CannotPrint(Exception):
    """The paper could not be set; the message is for the log."""


def to_pdf(paper: Paper) -> bytes:
    """The file; raises ``CannotPrint``. CPU stands in docs/reports.md."""
    data = json.dumps(_data(paper), ensure_ascii=False, separators=(",", ":"))
    tags = len(paper.leaves) <= TAGGED_LEAVES
    try:
        with _one_at_a_time:
            made = _compiler().compile(format="pdf", sys_inputs={"paper": data}, pdf_tags=tags)
    except typst.TypstError as why:
        raise CannotPrint(str(why)) from why
    return cast("bytes", made)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    if not any(FONTS.glob("*.ttf")):
        raise CannotPrint(f"no fonts in {FONTS}: the front end is not built")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "school": paper.school,
        "footer": f"{paper.school} · {paper.title}",
        "lang": paper.locale,
        "wide": paper.is_wide,
        "slips": paper.are_slips,
        "leaves": [_leaf(leaf, paper.locale) for leaf in paper.leaves],
    }


def _leaf(leaf: Leaf, locale: str) -> dict[str, Any]:
    return {
        "title": leaf.title,
        "subtitle": leaf.subtitle,
        "blocks": [_block(block, locale) for block in leaf.blocks],
    }


def _block(block: Block, locale: str) -> dict[str, Any]:
    match block:
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "small": block.small,
                "columns": [
                    {"title": one.title, "width": one.width, "align": one.align, "upright": one.upright}
                    for one in block.columns
                ],
                "rows": [
                    {"total": row.is_total, "cells": [text_of(cell, locale) for cell in row.cells]}
                    for row in block.rows
                ],
            }
        case Words():
            return {"kind": "words", "tone": block.tone, "text": block.text}
        case Facts():
            return {"kind": "facts", "pairs": [(name, text_of(value, locale)) for name, value in block.pairs]}
        case Signatures():
            return {"kind": "signatures", "lines": list(block.lines)}
