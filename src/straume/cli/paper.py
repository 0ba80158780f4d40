"""Text in columns for a terminal: labels left, values aligned, long sentences wrapped."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence

import click

WIDTH_AT_MOST = 100


def width() -> int:
    return min(WIDTH_AT_MOST, max(40, shutil.get_terminal_size((WIDTH_AT_MOST, 24)).columns))


def heading(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)


def paragraph(text: str, *, indent: int = 0) -> None:
    if not text:
        return
    lead = " " * indent
    click.echo(
        textwrap.fill(text, width(), initial_indent=lead, subsequent_indent=lead, break_long_words=False)
    )


def rows(table: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Rows in columns; those of `right` aligned to the right. The last column may run on."""
    if not table:
        return
    aligned = set(right)
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = [
            cell.rjust(size) if column in aligned else cell.ljust(size)
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  " + "  ".join(cells).rstrip())
