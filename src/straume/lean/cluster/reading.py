"""Parquet on a shared folder to a ClusterLog: buckets of whole cases, each read and linked by a worker."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pyarrow as pa

from straume.lean.cluster import buckets
from straume.lean.cluster.buckets import (
    CASE,
    LINKED,
    LINKED_SCHEMA,
    NAMED,
    NOTE_SCHEMA,
    POSITION,
    WORK_SCHEMA,
    Linking,
    Reading,
)
from straume.lean.cluster.evidence import overlapping_pairs, parallel_pairs
from straume.lean.cluster.log import ClusterLog, of_parts
from straume.lean.cluster.notes import facts_of_all, notices_of_all, problems_of_all
from straume.lean.cluster.sampling import sample_of
from straume.lean.cluster.stack import BUCKET, KIND, spark_schema
from straume.lean.errors import InputProblems, Place, Problem, WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.check_mapping import check_mapping
from straume.lean.events.guess import ColumnMapping, guess, overridden
from straume.lean.events.raw import SAMPLE_ROWS, RawTable
from straume.lean.events.report import Report
from straume.lean.events.work import Lifecycle
from straume.lean.events.zones import zone_of

ITEMS_IN_A_BUCKET = 500_000  # about 200 MB on the worker that links them
ITEMS_IN_A_SAMPLE = 2_000_000
_COUNTRY_OF_ZONE = {"Europe/Riga": "LV", "Europe/Vilnius": "LT"}
_TIMES = ("start", "end", "received", "due", "closed", "stop_from", "stop_to")


def read_on_cluster(
    session: Any,
    path: str,
    *,
    mapping: Mapping[str, Any] | None = None,
    within: Sequence[str] = (),
    timezone: str = "Europe/Riga",
    calendar: WorkCalendar | None = None,
    unit_calendars: Mapping[str, WorkCalendar] | None = None,
    lifecycle: Lifecycle = "pair",
    sample_items: int = ITEMS_IN_A_SAMPLE,
    bucket_items: int = ITEMS_IN_A_BUCKET,
) -> ClusterLog:
    """Read a case log that lies as Parquet where every worker of the cluster can read it.

    Parameters
    ----------
    session : of `connect`.
    path : a file, or a folder of files; folders `name=value` become columns.
    mapping : corrects the guess of which column means what, as `read_log` takes it.
    within : columns within which a case number is unique, a municipality say; nothing: everywhere.
    timezone, calendar, unit_calendars, lifecycle : as `read_log` takes them.
    sample_items : pieces of work, of whole cases chosen evenly, that the tables of the result hold at most.
    bucket_items : rows that a worker holds at once, about.

    Returns
    -------
    ClusterLog with the facts of the whole.

    Raises
    ------
    InputProblems : the file cannot be used; all problems found, as `read_log` tells them.
    WrongCall : no such file, zone or role.
    """
    zone_of(timezone)
    source = _source(session, path)
    roles = _roles(source, mapping, within)
    salt = secrets.token_bytes(16)  # of this reading only: workers are known again nowhere else
    count = max(1, -(-source.count() // bucket_items))
    rows = _bucketed(source, roles, within, count)
    work = _mapped(
        rows,
        partial(buckets.work_of_bucket, how=Reading(roles.to_dict(), timezone, lifecycle, salt)),
        WORK_SCHEMA,
    ).persist()
    notes = _notes(work)
    _refuse(problems_of_all(notes))
    calendar = calendar or WorkCalendar.default(timezone=timezone, country=_COUNTRY_OF_ZONE.get(timezone))
    whole = _whole(notes, roles, calendar, unit_calendars or {}, timezone)
    whole = replace(whole, in_parallel=_in_parallel(work, notes, whole.activities))
    sample = sample_of(work, whole=whole, items=sample_items)
    linked = _linked(work, whole).persist()
    facts = facts_of_all(_notes(linked), notes, whole=whole, columns=roles.columns(), timezone=timezone)
    if facts.work_items < 2:
        _refuse((Problem("too_few_events", {"count": facts.work_items}),))
    facts = replace(facts, notices=notices_of_all(notes, facts, roles))
    _views(session, linked)
    return of_parts(replace(sample, facts=facts), session=session, sample=sample, whole=whole, groups=count)


def _source(session: Any, path: str) -> Any:
    from pyspark.errors import AnalysisException, PySparkException

    try:
        source = session.read.parquet(path)
    except AnalysisException as error:
        code = error.getCondition() or ""
        if "PATH_NOT_FOUND" in code:
            raise WrongCall("no_such_file", path=path) from None
        nanoseconds = "TIMESTAMP(NANOS" in str(error)
        problem = "parquet_nanoseconds" if nanoseconds else "parquet_damaged"
        raise InputProblems((Problem(problem),)) from None
    except PySparkException:
        raise InputProblems((Problem("parquet_damaged"),)) from None
    return source


def _roles(source: Any, mapping: Mapping[str, Any] | None, within: Sequence[str]) -> ColumnMapping:
    """The columns as guessed from the first rows and corrected; times have to be typed."""
    sample = source.limit(SAMPLE_ROWS).toArrow()
    if not len(sample):
        raise InputProblems((Problem("no_rows"),))
    raw = RawTable(
        format="parquet", columns={name: sample[name] for name in sample.column_names}, rows=len(sample)
    )
    roles = overridden(guess(raw).mapping, mapping)
    report = Report()
    check_mapping(roles, raw.names, report)
    for column in within:
        if column not in raw.names:
            raise WrongCall("no_column_within", column=column)
    for column in _time_columns(roles):
        kind = sample[column].type if column in raw.names else None
        if kind is not None and not (pa.types.is_timestamp(kind) or pa.types.is_date(kind)):
            report.problem("times_not_typed", Place(column=column))
    report.stop_if_any()
    return roles


def _time_columns(roles: ColumnMapping) -> list[str]:
    named = [getattr(roles, role) for role in _TIMES]
    return [column for column in (*named, *roles.steps) if column]


def _bucketed(source: Any, roles: ColumnMapping, within: Sequence[str], count: int) -> Any:
    """The wanted columns with the case, the row's place in the source, and the bucket of the case."""
    from pyspark.sql import functions as f

    case = f.col(f"`{roles.case}`").cast("string")
    parts = [f.coalesce(f.col(f"`{column}`").cast("string"), f.lit("")) for column in within]
    key = f.when(_trimmed(case) != "", f.concat_ws("\x1f", *parts, case) if within else case)
    wanted = sorted({column for role, column in roles.columns().items() if role != "case"})
    placed = _placed(source)
    return placed.select(
        *[f.col(f"`{column}`") for column in wanted],
        key.alias(CASE),
        f.col(POSITION),
        f.pmod(f.xxhash64(_trimmed(key)), f.lit(count)).cast("int").alias(BUCKET),
    )


def _placed(source: Any) -> Any:
    """Rows with their place in the source: files by name, rows as they stand in the file."""
    from pyspark.sql import functions as f

    named = source.select(
        "*", f.col("_metadata.file_path").alias("straume_file"), f.col("_metadata.row_index")
    )
    sizes = sorted((row[0], row[1]) for row in named.groupBy("straume_file").count().collect())
    first, firsts = 0, {}
    for name, size in sizes:
        firsts[name] = first
        first += size
    offset = f.create_map(*[f.lit(part) for entry in firsts.items() for part in entry])
    place = offset[f.col("straume_file")] + f.col("row_index")
    return named.withColumn(POSITION, place.cast("long")).drop("straume_file", "row_index")


def _trimmed(column: Any) -> Any:
    from pyspark.sql import functions as f

    return f.regexp_replace(column, r"(?U)^\s+|\s+$", "")


def _mapped(rows: Any, function: Any, schema: pa.Schema) -> Any:
    return rows.groupBy(BUCKET).applyInArrow(function, spark_schema(schema))


def _notes(stacked: Any) -> list[dict[str, Any]]:
    from pyspark.sql import functions as f

    rows = stacked.filter(f.col(KIND) == "note").select("note").collect()
    return [json.loads(row[0]) for row in rows]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputProblems(tuple(problems))


def _whole(
    notes: Sequence[Mapping[str, Any]],
    roles: ColumnMapping,
    calendar: WorkCalendar,
    unit_calendars: Mapping[str, WorkCalendar],
    timezone: str,
) -> Linking:
    has = {role for role in ("worker", "unit") if getattr(roles, role)}
    if any(note["knows_starts"] for note in notes):
        has.add("start")
    activities, units, workers = (
        tuple(sorted({name for note in notes for name in note["names"][column]})) for column in NAMED
    )
    return Linking(
        activities=activities,
        units=units,
        workers=workers,
        calendar=calendar.to_dict(),
        unit_calendars={unit: own.to_dict() for unit, own in unit_calendars.items()},
        timezone=timezone,
        has=frozenset(has),
        last_at=max(note["last_at"] for note in notes),
        knows_receipts=any(note["knows_receipts"] for note in notes),
    )


def _in_parallel(
    work: Any, notes: Sequence[Mapping[str, Any]], activities: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Which steps are parallel in the whole log."""
    told = [note["order"] for note in notes]
    pairs = overlapping_pairs(told)
    with_both = dict.fromkeys(pairs, 0)
    if pairs:
        counted = _mapped(work, partial(buckets.pairs_of_bucket, pairs=pairs), NOTE_SCHEMA)
        for note in _notes(counted):
            for pair, count in zip(pairs, note["with_both"]):
                with_both[pair] += count
    return parallel_pairs(told, with_both, activities)


def _linked(work: Any, whole: Linking) -> Any:
    """Buckets linked, with case numbers of the whole: by first instant, then place in the source."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    linked = _mapped(work, partial(buckets.linked_of_bucket, whole=whole), LINKED_SCHEMA)
    cases = linked.filter(f.col(KIND) == "case")
    in_order = Window.orderBy("first_at", "first_position")
    numbers = cases.select(
        f.col(BUCKET).alias("of_bucket"),
        f.col("case").alias("case_there"),
        (f.row_number().over(in_order) - 1).cast("int").alias("number"),
    )
    same = (linked[BUCKET] == numbers["of_bucket"]) & (linked["case"] == numbers["case_there"])
    joined = linked.join(numbers, same, "left").drop("of_bucket", "case_there", "case")
    return joined.withColumnRenamed("number", "case")


def _views(session: Any, linked: Any) -> None:
    from pyspark.sql import functions as f

    for view, kind in (("items", "item"), ("cases", "case"), ("waits", "wait")):
        linked.filter(f.col(KIND) == kind).select(*LINKED[kind].names).createOrReplaceTempView(view)
