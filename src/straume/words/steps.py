"""What is wrong with a step table, and what to do about it, in words.

`lean.stream` gives codes with parameters and a place; the place is said by `straume.words.problems`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from straume.words import format as fmt
from straume.words.catalog import catalog, known

CODES = (
    "step_branches_meet_apart",
    "step_crosses_branches",
    "clock_mismatch",
    "duration_empty",
    "duration_mixed_clocks",
    "duration_negative",
    "duration_no_number",
    "duration_no_unit",
    "duration_open_ended",
    "duration_reversed",
    "duration_too_long",
    "duration_too_many_values",
    "duration_two_numbers",
    "duration_unknown_word",
    "legal_basis_missing",
    "legal_basis_reversed",
    "log_without_items",
    "step_column_missing",
    "step_column_twice",
    "step_column_unknown",
    "step_date_unreadable",
    "step_medium_unknown",
    "step_name_missing",
    "step_not_reached",
    "step_number_negative",
    "step_number_twice",
    "step_number_unreadable",
    "step_share_differs",
    "step_share_over_one",
    "step_share_zero",
    "step_shares_assumed_equal",
    "step_shares_not_whole",
    "step_staff_not_whole",
    "step_target_unknown",
    "step_times_below_one",
    "step_touch_twice",
    "step_value_class_unknown",
    "step_without_end",
    "step_yes_no_unknown",
    "steps_empty",
    "steps_file_bomb",
    "steps_file_too_large",
    "steps_not_a_workbook",
    "steps_sheet_missing",
    "steps_sheet_too_large",
    "steps_too_many",
    "touch_on_calendar_clock",
    "wait_in_long_hours",
    "working_time_impossible",
)


class Coded(Protocol):
    """A Problem, or a StraumeError."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


def sentence(problem: Coded, lang: str) -> str:
    """What is wrong, in one sentence. Raises KeyError for a code that is not of a step table."""
    lang = known(lang)
    if problem.code == "steps_too_many":
        count = problem.params["count"]
        words = catalog("steps", lang).ngettext(
            "The table has {count} step, and no more than {most} can be read.",
            "The table has {count} steps, and no more than {most} can be read.",
            count,
        )
        return words.format(**_said(problem, lang))
    return _sentences(lang)[problem.code].format(**_said(problem, lang))


def advice(problem: Coded, lang: str) -> str:
    """What to do about it, in one sentence."""
    lang = known(lang)
    return _advice(lang)[problem.code].format(**_said(problem, lang))


def _said(problem: Coded, lang: str) -> dict[str, Any]:
    """Parameters as people read them."""
    said = dict(problem.params)
    for name in ("said", "follows"):
        if name in said:
            said[name] = fmt.percent(said[name], lang)
    for name in ("since", "until"):
        if name in said:
            said[name] = fmt.date(said[name], lang)
    if "percent" in said:
        said["percent"] = fmt.percent(said["percent"] / 100, lang)
    for name in ("rows", "columns"):
        if isinstance(said.get(name), int):
            said[name] = fmt.number(said[name], lang, 0)
    return said


def _sentences(lang: str) -> dict[str, str]:
    _ = catalog("steps", lang).gettext
    return {
        "clock_mismatch": _("Working time and calendar time cannot be put together without a calendar."),
        "duration_empty": _("There is no duration here."),
        "duration_mixed_clocks": _("“{text}” mixes working time and calendar time."),
        "duration_negative": _("A duration cannot be below zero: “{text}”."),
        "duration_no_number": _("“{text}” does not say how long."),
        "duration_no_unit": _("“{text}” does not say whether it is minutes, hours, days or weeks."),
        "duration_open_ended": _("“{text}” has no upper end."),
        "duration_reversed": _("In “{text}” the shorter time stands after the longer one."),
        "duration_too_long": _("“{text}” is longer than ten years."),
        "duration_too_many_values": _("“{text}” has more values than least, usual and most."),
        "duration_two_numbers": _("“{text}” has two numbers side by side."),
        "duration_unknown_word": _("The word “{word}” in “{text}” is not a duration."),
        "legal_basis_missing": _("There are dates in force, but no law is named."),
        "legal_basis_reversed": _("The law ends on {until}, before it begins on {since}."),
        "log_without_items": _("The log holds no piece of work."),
        "step_column_missing": _("No column says what is done."),
        "step_column_twice": _("The columns “{column}” and “{other}” mean the same."),
        "step_column_unknown": _("The column “{column}” was not understood and not used."),
        "step_branches_meet_apart": _("The parallel branches after “{step}” do not all meet at one step."),
        "step_crosses_branches": _(
            "From “{step}” a way leads into or out of the middle of a parallel branch."
        ),
        "step_date_unreadable": _("“{text}” is not a date."),
        "step_medium_unknown": _("“{text}” is not a known way of handing on."),
        "step_name_missing": _("This row does not say what is done."),
        "step_not_reached": _("No case ever comes to the step “{step}”."),
        "step_number_negative": _("The number cannot be below zero: “{text}”."),
        "step_number_twice": _("The number “{text}” stands on two steps."),
        "step_number_unreadable": _("“{text}” is not a number."),
        "step_share_differs": _(
            "{said} of cases are given for “{step}”, but {follows} follow from what goes where."
        ),
        "step_share_over_one": _("A share cannot be over 100%: “{text}”."),
        "step_share_zero": _("A step that no case takes is not a step."),
        "step_shares_assumed_equal": _("No shares are given, so all ways were taken as equally frequent."),
        "step_shares_not_whole": _("The shares of the ways on add up to {percent}, not to 100%."),
        "step_staff_not_whole": _("The number of staff must be a whole number: “{text}”."),
        "step_target_unknown": _("“{text}” is not a step of this table."),
        "step_times_below_one": _("A step that is taken happens at least once: “{text}”."),
        "step_touch_twice": _("The work time is given twice: once as one text and once in parts."),
        "step_value_class_unknown": _("“{text}” is not one of value, necessary or waste."),
        "step_without_end": _("From the step “{step}” no case ever comes to the end."),
        "step_yes_no_unknown": _("“{text}” is neither yes nor no."),
        "steps_empty": _("The table holds no step yet."),
        "steps_file_bomb": _("The file is far larger unpacked than a step table can be."),
        "steps_file_too_large": _("The file is larger than {most_mb} MB."),
        "steps_not_a_workbook": _("“{file}” cannot be opened as a spreadsheet."),
        "steps_sheet_missing": _("No sheet of the file has a list of steps; it has: {sheets}."),
        "steps_sheet_too_large": _(
            "A sheet has {rows} rows and {columns} columns: too many for a step table."
        ),
        "touch_on_calendar_clock": _("“{text}” is calendar time, but work is counted in working time."),
        "wait_in_long_hours": _("“{text}” was taken as working hours, not as hours around the clock."),
        "working_time_impossible": _("A working day cannot have {minutes} minutes on {days} days a week."),
    }


def _advice(lang: str) -> dict[str, str]:
    _ = catalog("steps", lang).gettext
    write_duration = _("Write for example “15–40 min”, “1.5 h”, “2 working days” or “3 weeks”.")
    return {
        "clock_mismatch": _("Say how long a working day is, or write all times on one clock."),
        "duration_empty": write_duration,
        "duration_mixed_clocks": _("Use one kind for both ends, for example “1–2 working days”."),
        "duration_negative": write_duration,
        "duration_no_number": write_duration,
        "duration_no_unit": _("Add the unit, for example “{text} min” or “{text} working days”."),
        "duration_open_ended": _("Write the longest that happens too, for example “2–5 h”."),
        "duration_reversed": _("Write the shorter time first."),
        "duration_too_long": _("Check the number and its unit."),
        "duration_too_many_values": _(
            "Write one time, a range “15–40 min”, or three times “15 / 20 / 40 min”."
        ),
        "duration_two_numbers": _("Put a dash between the least and the most: “15–40 min”."),
        "duration_unknown_word": write_duration,
        "legal_basis_missing": _("Name the law, or take the dates out."),
        "legal_basis_reversed": _("Check both dates."),
        "log_without_items": _("Choose another file, or other columns."),
        "step_column_missing": _("Call one column “Step”, or fill in the template."),
        "step_column_twice": _("Keep one of them, or rename the other."),
        "step_column_unknown": _("Rename it as in the template if it matters; otherwise leave it."),
        "step_branches_meet_apart": _("Let all branches go to the same next step, or to “nowhere”."),
        "step_crosses_branches": _("Let parallel branches begin at one step and end at one step."),
        "step_date_unreadable": _("Write the date as 2021-11-11 or 11.11.2021."),
        "step_medium_unknown": _("Write paper, e-mail, system, phone or in person."),
        "step_name_missing": _("Write a verb and a noun, for example “Check application”, or empty the row."),
        "step_not_reached": _("Write in an earlier step that it goes to this one, or take this step out."),
        "step_number_negative": _("Write a number from zero up."),
        "step_number_twice": _("Give every step its own number."),
        "step_number_unreadable": _("Write a number such as 12 or 1.5."),
        "step_share_differs": _("Correct the share, or the shares of the ways that lead here."),
        "step_share_over_one": _("Write a share from 0% to 100%."),
        "step_share_zero": _("Take the row out, or write how many cases take the step."),
        "step_shares_assumed_equal": _("Write the shares, for example “3 60%; 5 40%”."),
        "step_shares_not_whole": _("Correct the shares, or leave one of them out: it takes the rest."),
        "step_staff_not_whole": _("Count people here; parts of posts stand with the unit."),
        "step_target_unknown": _("Write the number or the name of a step, or “end”."),
        "step_times_below_one": _("Write 1 or more; if only some cases take it, write that in the share."),
        "step_touch_twice": _("Fill in either the one column or the parts."),
        "step_value_class_unknown": _("Leave it empty until people have agreed, or choose one of the three."),
        "step_without_end": _("Write where the case goes, so that at least some cases come out of the loop."),
        "step_yes_no_unknown": _("Write yes or no, or leave it empty."),
        "steps_empty": _("Write the first step. A rough time is enough."),
        "steps_file_bomb": _("Save the table in a new file and try again."),
        "steps_file_too_large": _("Leave only the steps in the file: no pictures, no other sheets."),
        "steps_not_a_workbook": _("Save the table as XLSX and try again."),
        "steps_sheet_missing": _("Fill in the template, or give the columns the names of the template."),
        "steps_sheet_too_large": _("If this is a case log, upload it as a log."),
        "steps_too_many": _("Put small steps together, or study a part of the service."),
        "touch_on_calendar_clock": _("Write minutes, hours or working days."),
        "wait_in_long_hours": _("If the clock ran through nights and weekends, write days or weeks."),
        "working_time_impossible": _("Write for example 480 minutes and 5 days."),
    }
