"""Does the mapping fit the source? Each role has a column, each column one role."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa

from straume.lean.errors import Place
from straume.lean.events.guess import ColumnMapping
from straume.lean.events.raw import RawTable
from straume.lean.events.report import Report

_NAMES_SHOWN = 12


def check_mapping(mapping: ColumnMapping, names: Collection[str], report: Report) -> None:
    """Report roles without a column and columns that are not there or have two roles."""
    listed = ", ".join(list(names)[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")
    if mapping.case is None:
        report.problem("case_column_missing", columns=listed)
    if mapping.steps:
        _check_wide(mapping, report)
    else:
        if mapping.activity is None:
            report.problem("activity_column_missing", columns=listed)
        if mapping.end is None and mapping.start is None:
            report.problem("time_column_missing", columns=listed)
    _check_columns(mapping, names, listed, report)
    if (mapping.stop_from is None) != (mapping.stop_to is None):
        report.problem("stop_column_alone", Place(column=mapping.stop_from or mapping.stop_to))


def _check_wide(mapping: ColumnMapping, report: Report) -> None:
    if mapping.activity is not None:
        report.problem("wide_and_long", Place(column=mapping.activity))
    if len(mapping.steps) == 1:
        report.problem("single_step_column", Place(column=mapping.steps[0]))
    doubled = [column for place, column in enumerate(mapping.steps) if column in mapping.steps[:place]]
    for column in dict.fromkeys(doubled):
        report.problem("step_column_twice", Place(column=column))


def _check_columns(mapping: ColumnMapping, names: Collection[str], listed: str, report: Report) -> None:
    first_role: dict[str, str] = {}
    for role, column in mapping.columns().items():
        if column not in names:
            report.problem("unknown_column", Place(column=column[:80]), role=role, columns=listed)
        elif column in first_role and not _may_share(role, first_role[column]):
            report.problem("column_twice", Place(column=column), role=role, other=first_role[column])
        first_role.setdefault(column, role)


def _may_share(one: str, other: str) -> bool:
    """The day of receipt or of closing is often a step of a wide table, too; two steps are told apart
    elsewhere.
    """
    if one.startswith("step:"):
        return other in ("received", "closed") or other.startswith("step:")
    return False


def check_kinds(mapping: ColumnMapping, raw: RawTable, report: Report) -> None:
    """Report columns whose values cannot serve at all (lists, structures)."""
    for column in dict.fromkeys(mapping.columns().values()):
        if column in raw.columns and pa.types.is_nested(raw.columns[column].type):
            report.problem("nested_column", Place(column=column))
