"""What was odd but did not stop the reading."""

from __future__ import annotations

from straume.words.problem_text import Text
from straume.words.problem_text import marked as _

NOTICES: dict[str, Text] = {
    "cases_without_events": Text(
        _("Cases in which nothing happened were left out: {count}."),
        _("Check whether their events are missing from the export."),
    ),
    "nested_column_left_out": Text(
        _("A column with lists or structures was left out."),
        _("Nothing needs to be done unless you need this column."),
    ),
    "event_of_several_cases": Text(
        _("Events that belong to several cases were counted in each: {count}."),
        _("Choose another kind of object as the case if this is not meant."),
    ),
    "ocel_events_of_other_types": Text(
        _("Events without an object of the chosen kind were left out: {count}."),
        _("Choose another kind of object as the case if they belong to it."),
    ),
    "time_after_today": Text(
        _("Dates that lie in the future: {count} (rows {rows})."),
        _("Check whether they are plans rather than events."),
    ),
    "zone_in_some": Text(
        _(
            "Some times name their time zone, others do not; those without were read in the zone "
            "of the institution."
        ),
        _("Export all times with a zone, or all without."),
    ),
    "short_years": Text(
        _("Years are written with two digits; 00–69 were read as 2000–2069."),
        _("Export years with four digits."),
    ),
    "time_in_dst_gap": Text(
        _("Times in the hour that daylight saving skips: {count}; they were read an hour later."),
        _("Check whether the right time zone was chosen."),
    ),
    "time_in_dst_fold": Text(
        _(
            "Times in the hour that the change to winter time repeats: {count}; they were read as"
            " the first of the two."
        ),
        _("Export times with their zone if this hour matters."),
    ),
    "unfinished_work": Text(
        _("Work that has begun but not ended was left out: {count} (rows {rows})."),
        _("Nothing needs to be done; it is counted once it has ended."),
    ),
    "activity_nearly_unique": Text(
        _("Nearly every row has a step of its own ({count} different ones)."),
        _("Check whether the column holds steps and not remarks or titles."),
    ),
    "activity_spellings": Text(
        _(
            "Steps that differ only in capital letters or blanks: {count} (for example "
            "“{first}”). They are counted apart."
        ),
        _("Write each step in one way if the same is meant."),
    ),
    "garbled_text": Text(
        _("Names whose letters were spoilt by a wrong encoding: {count} (rows {rows})."),
        _("Export again as UTF-8."),
    ),
    "lost_letters": Text(
        _("Names in which letters were replaced by question marks: {count} (rows {rows})."),
        _("Export again as UTF-8; the letters cannot be recovered from this file."),
    ),
    "row_without_dates": Text(
        _("Rows without any date were left out: {count} (rows {rows})."),
        _("Nothing needs to be done if nothing has happened in them yet."),
    ),
    "step_column_empty": Text(
        _("There is no date in the column of a step."),
        _("Check whether the column was filled in the export."),
    ),
    "case_on_several_rows": Text(
        _("Rows that repeat the number of a case: {count}. Their steps were put together."),
        _("Check whether the number is unique if each row is a case."),
    ),
    "starts_without_end": Text(
        _("Work that was started but never completed was left out: {count}."),
        _("Nothing needs to be done if these cases are still open."),
    ),
    "other_life_cycle_events": Text(
        _("Events that are no work by themselves (scheduled, assigned, suspended …): {count}."),
        _("Nothing needs to be done; they are not counted as steps."),
    ),
    "transition_unknown": Text(
        _("Events with an unknown word for their state were taken as completed: {count} (rows {rows})."),
        _("Check the column with the states of work."),
    ),
    "no_complete_events": Text(
        _("No event says that work was completed; each event was taken as one step."),
        _("Check the column with the states of work."),
    ),
    "cases_without_finished_work": Text(
        _("Cases in which no work has ended were left out: {count}."),
        _("Nothing needs to be done if these cases are still open."),
    ),
    "duplicate_rows": Text(
        _("Rows that repeat another row in everything: {count} (rows {rows}). They were kept."),
        _("Delete them in the source if they are doubled by mistake."),
    ),
    "ties": Text(
        _("Steps at the same time as the one before them: {count}. They keep the order of the file."),
        _("Nothing needs to be done; export finer times if the order matters."),
    ),
    "dates_without_time": Text(
        _("Steps with a date but no time: {count} ({percent} %). No figures in hours rest on them."),
        _("Export the time as well, if the system keeps it."),
    ),
    "single_case": Text(
        _("All rows belong to one case."),
        _("Check whether the column for the case is the right one."),
    ),
    "every_case_has_one_step": Text(
        _("Every case has only one step."),
        _("Check whether the column for the case is the right one."),
    ),
    "events_before_receipt": Text(
        _("Cases with events before their request was received: {count} (rows {rows})."),
        _("Check which date is the receipt."),
    ),
    "receipt_missing": Text(
        _("Cases without a date of receipt: {count}. Their first step was taken as the receipt."),
        _("Fill in the date of receipt, if it is known."),
    ),
    "due_before_receipt": Text(
        _("Cases that were due before they were received: {count}."),
        _("Check the columns for receipt and due date."),
    ),
    "closed_before_last_event": Text(
        _("Cases with events after they were closed: {count} (rows {rows})."),
        _("Check which date is the closing."),
    ),
    "case_values_differ": Text(
        _(
            "Rows of one case say different things in this column. The earliest receipt and "
            "otherwise the last value counts."
        ),
        _("Check whether the column belongs to the case or to the step."),
    ),
    "status_words_unknown": Text(
        _("Words for the status of a case that are not known: {count}. These cases were taken as closed."),
        _("Use words such as “open” and “closed”, or choose the date of closing."),
    ),
    "stop_without_end": Text(
        _(
            "Stops of the clock without an end: {count} (rows {rows}). They were taken to last "
            "until the last step of the case."
        ),
        _("Write until when the clock was stopped."),
    ),
    "stops_overlap": Text(
        _("Stops of the clock that overlap within a case: {count}. Each time was counted once."),
        _("Nothing needs to be done."),
    ),
    "calendar_for_unknown_unit": Text(
        _("Working hours were given for the unit “{unit}”, which is not in the log."),
        _("Write the unit as it is named in the log."),
    ),
}
