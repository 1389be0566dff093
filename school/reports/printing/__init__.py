"""A paper as people get it: on the page, as a sheet for calculating, and on A4."""

from school.reports.printing.document import (
    Block,
    Column,
    Facts,
    Leaf,
    Mean,
    Opening,
    Paper,
    Percent,
    Row,
    Sign,
    Signatures,
    Table,
    Value,
    Words,
    opening,
    text_of,
)
from school.reports.printing.pdf import CannotPrint, to_pdf
from school.reports.printing.xlsx import to_xlsx

__all__ = [
    "Block",
    "CannotPrint",
    "Column",
    "Facts",
    "Leaf",
    "Mean",
    "Opening",
    "Paper",
    "Percent",
    "Row",
    "Sign",
    "Signatures",
    "Table",
    "Value",
    "Words",
    "opening",
    "text_of",
    "to_pdf",
    "to_xlsx",
]
