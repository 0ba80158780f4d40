"""Causes that lie in the columns, their values and what the caller chose."""

from __future__ import annotations

from lean.events.bad_files import CSV, Bad, of
from lean.events.making import HEADER, ROWS, added, changed, csv_text, xes_text
from straume.lean.errors import Place


def csv_with(row: int, column: str, value: str) -> str:
    return csv_text(changed(row, column, value))


def all_ends(*values: str) -> str:
    return csv_text(
        [(row[0], row[1], value) for row, value in zip(ROWS, values)], ("case", "activity", "end")
    )


def lifecycle(*words: str) -> str:
    return added("lifecycle:transition", words)


WIDE_HEADER = ("Dok. nr.", "Reģistrēts", "Vizēts", "Parakstīts", "Nosūtīts")
WIDE = (
    ("D-1", "02.01.2023.", "03.01.2023.", "05.01.2023.", "06.01.2023."),
    ("D-2", "03.01.2023.", "04.01.2023.", "", "09.01.2023."),
    ("D-3", "04.01.2023.", "05.01.2023.", "10.01.2023.", "11.01.2023."),
)
WIDE_CSV = csv_text(WIDE, WIDE_HEADER, ";")
STEPS = {"steps": ["Reģistrēts", "Vizēts"]}
STOP = {"mapping": {"stop_from": "from", "stop_to": "to"}}


def stops(begin: str, end: str) -> str:
    rows = [
        (*row, begin if number == 2 else "", end if number == 2 else "") for number, row in enumerate(ROWS, 1)
    ]
    return csv_text(rows, (*HEADER, "from", "to"))


MAPPING = (
    Bad("case_column_missing", of(CSV), call={"mapping": {"case": None}}),
    Bad("activity_column_missing", of(CSV), call={"mapping": {"activity": None}}),
    Bad("time_column_missing", of(CSV), call={"mapping": {"start": None, "end": None}}),
    Bad("unknown_column", of(CSV), Place(column="stage"), {"mapping": {"activity": "stage"}}),
    Bad("unknown_column", of(xes_text()), Place(column="stage"), {"mapping": {"activity": "stage"}}),
    Bad("column_twice", of(CSV), Place(column="worker"), {"mapping": {"worker": "worker", "unit": "worker"}}),
    Bad("column_twice", of(CSV), Place(column="end"), {"mapping": {"start": "end", "end": "end"}}),
    Bad(
        "wide_and_long",
        of(WIDE_CSV),
        Place(column="Dok. nr."),
        {"mapping": {"activity": "Dok. nr.", **STEPS}},
    ),
    Bad("single_step_column", of(WIDE_CSV), Place(column="Vizēts"), {"mapping": {"steps": ["Vizēts"]}}),
    Bad(
        "step_column_twice",
        of(WIDE_CSV),
        Place(column="Vizēts"),
        {"mapping": {"steps": ["Vizēts", "Vizēts"]}},
    ),
    Bad(
        "stop_column_alone",
        of(CSV),
        Place(column="start"),
        {"mapping": {"start": None, "stop_from": "start"}},
    ),
)
NAMES = (
    Bad("blank_case", of(csv_with(3, "case", "  ")), Place(row=4, column="case")),
    Bad("case_number_rounded", of(csv_with(2, "case", "1.23457E+11")), Place(row=3, column="case")),
    Bad("total_row", of(csv_text([*ROWS, ("Kopā", "x", *ROWS[0][2:])])), Place(row=8, column="case")),
    Bad("header_repeated", of(csv_text([*ROWS[:3], HEADER, *ROWS[3:]])), Place(row=5)),
    Bad("blank_activity", of(csv_with(5, "activity", "")), Place(row=6, column="activity")),
    Bad("formula_error", of(csv_with(2, "activity", "#N/A")), Place(row=3, column="activity")),
    Bad("activity_spellings", of(csv_with(2, "activity", "CHECK")), Place(column="activity"), stops=False),
    Bad(
        "activity_nearly_unique",
        of(csv_text([(f"A-{n // 2}", f"step {n}", *ROWS[0][2:]) for n in range(300)])),
        Place(column="activity"),
        {"mapping": {"activity": "activity"}},
        False,
    ),
    Bad(
        "garbled_text",
        of(csv_with(2, "unit", "Reģistrs".encode().decode("cp1252"))),
        Place(row=3, column="unit"),
        stops=False,
    ),
    Bad(
        "lost_letters", of(csv_with(2, "activity", "Pl?nošana")), Place(row=3, column="activity"), stops=False
    ),
    Bad("too_few_events", of(csv_text(ROWS[:1]))),
    Bad("single_case", of(csv_text(ROWS[:3])), stops=False),
    Bad(
        "every_case_has_one_step",
        of(csv_text([(f"A-{n}", *row[1:]) for n, row in enumerate(ROWS)])),
        call={"mapping": {"case": "case"}},
        stops=False,
    ),
    Bad("duplicate_rows", of(csv_text([*ROWS, ROWS[2]])), Place(row=8), stops=False),
    Bad("ties", of(csv_text([*ROWS, ("A-2", "Send", *ROWS[5][2:])])), stops=False),
)
TIMES = (
    Bad("timestamp_unreadable", of(csv_with(4, "end", "soon")), Place(row=5, column="end")),
    Bad("timestamp_impossible", of(csv_with(2, "end", "2023-02-30 10:00")), Place(row=3, column="end")),
    Bad("timestamp_impossible", of(csv_with(2, "end", "2023-01-02 25:61")), Place(row=3, column="end")),
    Bad("time_without_date", of(csv_with(2, "end", "09:40")), Place(row=3, column="end")),
    Bad("date_without_day", of(csv_with(2, "end", "2023-01")), Place(row=3, column="end")),
    Bad("mixed_timestamps", of(csv_with(3, "end", "05.01.2023. 10:02")), Place(row=4, column="end")),
    Bad("mixed_timestamps", of(csv_with(3, "end", "44931.5")), Place(row=4, column="end")),
    Bad(
        "mixed_day_month",
        of(all_ends("13/01/2023", "14/01/2023", "01/15/2023", "16/01/2023", "17/01/2023", "18/01/2023")),
        Place(row=4, column="end"),
    ),
    Bad(
        "ambiguous_day_month",
        of(all_ends(*(f"01/0{n}/2023" for n in range(1, 7)))),
        Place(row=2, column="end"),
    ),
    Bad("time_missing", of(all_ends("2023-01-01", "", *["2023-01-02"] * 4)), Place(row=3, column="end")),
    Bad("time_is_zero", of(csv_with(1, "start", "1970-01-01 00:00")), Place(row=2, column="start")),
    Bad("time_too_early", of(csv_with(1, "start", "1900-01-01 00:00")), Place(row=2, column="start")),
    Bad("time_too_late", of(csv_with(6, "end", "9999-12-31 00:00")), Place(row=7, column="end")),
    Bad("time_after_today", of(CSV), Place(row=4, column="start"), {"now_at": 1_672_800_000_000_000}, False),
    Bad("end_before_start", of(csv_with(2, "end", "2023-01-02 08:59")), Place(row=3, column="end")),
    Bad("unfinished_work", of(csv_with(6, "end", "")), Place(row=7, column="end"), stops=False),
    Bad(
        "zone_in_some",
        of(csv_with(6, "end", "2023-01-06T10:02:00+02:00")),
        Place(row=2, column="end"),
        stops=False,
    ),
    Bad(
        "short_years",
        of(all_ends(*(f"{n:02}.01.23" for n in range(11, 17)))),
        Place(row=2, column="end"),
        stops=False,
    ),
    Bad(
        "time_in_dst_gap",
        of(csv_text([*ROWS, ("A-2", "Send", "2023-03-26 03:30", "2023-03-26 04:30", "", "")])),
        Place(row=2, column="start"),
        stops=False,
    ),
    Bad(
        "time_in_dst_fold",
        of(csv_text([*ROWS, ("A-2", "Send", "2023-10-29 02:30", "2023-10-29 03:30", "", "")])),
        Place(row=2, column="end"),
        stops=False,
    ),
    Bad("dates_without_time", of(csv_with(1, "end", "2023-01-02")), stops=False),
)
CASES = (
    Bad("stop_without_start", of(stops("", "2023-01-04 10:00")), Place(row=3, column="from"), STOP),
    Bad("stop_reversed", of(stops("2023-01-04 10:00", "2023-01-03 10:00")), Place(row=3, column="to"), STOP),
    Bad("stop_without_end", of(stops("2023-01-04 10:00", "")), Place(row=3, column="to"), STOP, False),
    Bad(
        "stops_overlap",
        of(
            csv_text(
                [(*row, "2023-01-04 10:00", f"2023-01-04 1{n}:00") for n, row in enumerate(ROWS, 1)],
                (*HEADER, "from", "to"),
            )
        ),
        Place(column="from"),
        STOP,
        False,
    ),
    Bad(
        "events_before_receipt",
        of(added("received", ["2023-01-02 08:30"] * 3 + ["2023-01-03 07:00"] * 3)),
        Place(row=2, column="received"),
        stops=False,
    ),
    Bad(
        "receipt_missing",
        of(added("received", ["2023-01-02 07:30"] * 3 + [""] * 3)),
        Place(column="received"),
        stops=False,
    ),
    Bad(
        "due_before_receipt",
        of(csv_text([(*row, "2023-01-01", "2022-12-01") for row in ROWS], (*HEADER, "received", "due"))),
        Place(column="due"),
        stops=False,
    ),
    Bad(
        "closed_before_last_event",
        of(added("closed", ["2023-01-03 12:00"] * 3 + ["2023-01-09 12:00"] * 3)),
        Place(row=2, column="closed"),
        stops=False,
    ),
    Bad(
        "case_values_differ",
        of(added("outcome", ["granted"] * 5 + ["refused"])),
        Place(column="outcome"),
        stops=False,
    ),
    Bad(
        "status_words_unknown",
        of(added("status", ["open"] * 3 + ["zzz"] * 3)),
        Place(column="status"),
        stops=False,
    ),
    Bad(
        "starts_without_end",
        of(lifecycle("complete", "complete", "start", "start", "complete", "complete")),
        Place(column="lifecycle:transition"),
        stops=False,
    ),
    Bad(
        "other_life_cycle_events",
        of(lifecycle("schedule", *["complete"] * 5)),
        Place(column="lifecycle:transition"),
        stops=False,
    ),
    Bad(
        "transition_unknown",
        of(lifecycle("zzz", *["complete"] * 5)),
        Place(row=2, column="lifecycle:transition"),
        stops=False,
    ),
    Bad(
        "no_complete_events",
        of(lifecycle(*["schedule"] * 6)),
        Place(column="lifecycle:transition"),
        stops=False,
    ),
    Bad(
        "cases_without_finished_work",
        of(lifecycle(*["complete"] * 3, *["schedule"] * 3)),
        Place(column="lifecycle:transition"),
        stops=False,
    ),
)
WIDE_TABLES = (
    Bad(
        "row_without_dates",
        of(csv_text([*WIDE, ("D-4", "", "", "", "")], WIDE_HEADER, ";")),
        Place(row=5),
        stops=False,
    ),
    Bad(
        "step_column_empty",
        of(csv_text([(*row, "") for row in WIDE], (*WIDE_HEADER, "Arhivēts"), ";")),
        Place(column="Arhivēts"),
        {"mapping": {"steps": [*WIDE_HEADER[1:], "Arhivēts"]}},
        False,
    ),
    Bad(
        "case_on_several_rows",
        of(csv_text([*WIDE, ("D-1", "12.01.2023.", "", "", "")], WIDE_HEADER, ";")),
        Place(column="Dok. nr."),
        {"mapping": {"case": "Dok. nr.", "steps": list(WIDE_HEADER[1:])}},
        False,
    ),
)
ALL = (*MAPPING, *NAMES, *TIMES, *CASES, *WIDE_TABLES)
