"""What can be wrong with a call: names, folders, working calendars."""

from __future__ import annotations

from straume.words.problem_text import Text
from straume.words.problem_text import marked as _

CALLS: dict[str, Text] = {
    "no_such_file": Text(
        _("There is no file “{path}”."),
        _("Check the name and the folder."),
    ),
    "unknown_timezone": Text(
        _("There is no time zone called “{timezone}”."),
        _("Use a name such as Europe/Riga or Europe/Vilnius."),
    ),
    "unknown_role": Text(
        _("A column cannot be chosen for “{role}”. Possible: {roles}."),
        _("Check how it is written."),
    ),
    "said_of_other_format": Text(
        _("“{option}” is said of {formats} files; this file is {format}."),
        _("Leave it out."),
    ),
    "log_folder_exists": Text(
        _("The folder “{folder}” exists already."),
        _("Choose another name or delete the folder."),
    ),
    "not_a_log_folder": Text(
        _("There is no stored log in the folder “{folder}”."),
        _("Upload the log again."),
    ),
    "log_of_other_version": Text(
        _("The log was stored by another version ({version})."),
        _("Upload the log again."),
    ),
    "nothing_to_put_together": Text(
        _("No log was given to put together."),
        _("Name at least one log."),
    ),
    "calendars_differ": Text(
        _("The logs were read with different working calendars."),
        _("Read them again with the same calendar."),
    ),
    "calendar_file_unreadable": Text(
        _("The calendar file “{file}” cannot be read."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_not_an_object": Text(
        _("The calendar is not a JSON object."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_unknown_key": Text(
        _("The calendar has an unknown entry “{key}”. Known: {known}."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_missing_key": Text(
        _("The calendar lacks the entry “{key}”."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_timezone_unknown": Text(
        _("The calendar names an unknown time zone “{timezone}”."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_country_unknown": Text(
        _("The calendar names an unknown country “{country}”. Known: {known}."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_not_seven_days": Text(
        _("The calendar has {days} days of the week instead of seven."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_without_hours": Text(
        _("The calendar has no working hours at all."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_closure_backwards": Text(
        _("A closure ends ({last}) before it begins ({first})."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_interval_backwards": Text(
        _("On {weekday}, hours end before they begin."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_interval_overlaps": Text(
        _("On {weekday}, hours overlap at {start}."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_weekly_not_an_object": Text(
        _("The weekly hours of the calendar are not a JSON object."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_weekday_unknown": Text(
        _("The calendar names an unknown day “{weekday}”. Known: {known}."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_hours_unreadable": Text(
        _("The hours of {weekday} cannot be read."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_time_unreadable": Text(
        _("On {weekday}, “{text}” is no time of day."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_closures_not_a_list": Text(
        _("The closures of the calendar are not a list."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_closure_unreadable": Text(
        _("The closure “{text}” cannot be read."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_not_yes_or_no": Text(
        _("The entry “{key}” of the calendar must be true or false."),
        _("Correct the calendar file; docs/methods/calendar.md shows an example."),
    ),
    "calendar_horizon": Text(
        _("Working time is known from {first_year} to {last_year} only."),
        _("Check the dates of the log and of the plan."),
    ),
    "ask_shapes_differ": Text(
        _("Two lists of answers differ in length: {first} and {second}."),
        _("Give one value per answer in each."),
    ),
    "ask_place_without_group": Text(
        _("The place “{place}” belongs to no country."),
        _("Name the country of every place that has a number of staff."),
    ),
}
