"""What can be wrong with columns and their values."""

from __future__ import annotations

from straume.words.problem_text import Text
from straume.words.problem_text import marked as _

VALUES: dict[str, Text] = {
    "case_column_missing": Text(
        _("No column says which case a row belongs to. Columns: {columns}."),
        _("Choose the column with the number of the case or document."),
    ),
    "activity_column_missing": Text(
        _("No column says what was done. Columns: {columns}."),
        _("Choose the column with the step, or several columns with dates of steps."),
    ),
    "time_column_missing": Text(
        _("No column says when something was done. Columns: {columns}."),
        _("Choose the column with the date and time."),
    ),
    "unknown_column": Text(
        _("There is no such column (chosen for: {role}). Columns: {columns}."),
        _("Choose one of the columns of the file."),
    ),
    "column_twice": Text(
        _("One column was chosen twice (for: {other}, {role})."),
        _("Choose another column for one of the two, or none."),
    ),
    "wide_and_long": Text(
        _("A column with steps and columns with dates of steps were both chosen."),
        _("Keep one of the two ways."),
    ),
    "single_step_column": Text(
        _("Only one column with dates of a step was chosen."),
        _("Choose at least two, so that there is a way between them."),
    ),
    "step_column_twice": Text(
        _("The same column was chosen for two steps."),
        _("Choose each column once."),
    ),
    "stop_column_alone": Text(
        _("A stop of the clock needs two columns: from and to."),
        _("Choose both columns or none."),
    ),
    "blank_case": Text(
        _("Rows without the number of a case: {count} (rows {rows})."),
        _("Write the number into each row; in merged cells only the first row has it."),
    ),
    "case_number_rounded": Text(
        _("Numbers of cases that a spreadsheet rounded, as in 1.23E+11: {count} (rows {rows})."),
        _("Format the column as text and export again; rounded numbers mix cases up."),
    ),
    "total_row": Text(
        _("The last row is a total, not a case (rows {rows})."),
        _("Delete the row with the total."),
    ),
    "header_repeated": Text(
        _("The names of the columns are repeated inside the table: {count} (rows {rows})."),
        _("Delete the repeated rows; perhaps several exports were glued together."),
    ),
    "blank_activity": Text(
        _("Rows that do not say what was done: {count} (rows {rows})."),
        _("Write the step into each row or delete the empty rows."),
    ),
    "timestamp_unreadable": Text(
        _("Values that are no date: {count} (rows {rows}), for example “{value}”."),
        _("Write dates as 2023-01-31 14:05 or 31.01.2023. 14:05, or choose another column."),
    ),
    "timestamp_impossible": Text(
        _("Dates or times that do not exist: {count} (rows {rows}), for example “{value}”."),
        _("Correct them in the source."),
    ),
    "time_without_date": Text(
        _("Times without a date: {count} (rows {rows}), for example “{value}”."),
        _("Export the date and the time in one column."),
    ),
    "date_without_day": Text(
        _("Dates without a day: {count} (rows {rows}), for example “{value}”."),
        _("Export the whole date with the day."),
    ),
    "mixed_timestamps": Text(
        _(
            "Dates are written in different ways (the first way in row {first}); a spreadsheet "
            "may have changed some of them."
        ),
        _("Give the whole column one date format in the source and export again."),
    ),
    "mixed_day_month": Text(
        _("In some dates the day stands first, in others the month."),
        _("Export the dates as year-month-day."),
    ),
    "ambiguous_day_month": Text(
        _("From these dates it cannot be told whether the day or the month stands first."),
        _("Say which one stands first."),
    ),
    "time_missing": Text(
        _("Rows without a date: {count} (rows {rows})."),
        _("Write the date into each row or delete the rows in which nothing has happened yet."),
    ),
    "time_is_zero": Text(
        _("Dates of 1 January 1970: {count} (rows {rows}); computers write them where a date is missing."),
        _("Leave the value empty where there is no date."),
    ),
    "time_too_early": Text(
        _("Dates before 1950: {count} (rows {rows})."),
        _("Correct them; a spreadsheet writes 1900 where a date is missing."),
    ),
    "time_too_late": Text(
        _("Dates after 2099: {count} (rows {rows})."),
        _("Leave the value empty where the end is not known yet."),
    ),
    "end_before_start": Text(
        _("Work that ends before it starts: {count} (rows {rows})."),
        _("Check whether the columns for start and end are swapped, or correct the rows."),
    ),
    "stop_without_start": Text(
        _("Stops of the clock without a beginning: {count} (rows {rows})."),
        _("Write from when the clock was stopped."),
    ),
    "stop_reversed": Text(
        _("Stops of the clock that end before they begin: {count} (rows {rows})."),
        _("Check whether the two columns are swapped."),
    ),
    "too_few_events": Text(
        _("Pieces of work found: {count}; nothing can be seen in so few."),
        _("Export a longer period."),
    ),
}
