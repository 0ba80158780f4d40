"""What makes no sense in a change of a value stream or in a simulation, and what to do about it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from straume.lean.errors import Problem
from straume.words import format as fmt
from straume.words.catalog import catalog, known


class Coded(Protocol):
    """A Problem, or a StraumeError."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


def sentence(problem: Coded, lang: str) -> str:
    """What is wrong, in one sentence. Raises KeyError for a code of something else."""
    return _sentences(known(lang))[problem.code].format_map(_said(problem, known(lang)))


def advice(problem: Coded, lang: str) -> str:
    """What to do about it, in one sentence."""
    return _advice(known(lang))[problem.code].format_map(_said(problem, known(lang)))


def heading(lang: str) -> str:
    """Above the list of what is wrong with changes."""
    return catalog("model_problems", known(lang)).gettext("The changes cannot be made so")


def place(problem: Problem, lang: str) -> str:
    """Which change it is, and of which scenario where several are given."""
    _ = catalog("model_problems", known(lang)).gettext
    where = problem.place
    if where.row is None:
        return ""
    if where.sheet:
        return _("“{name}”, change {n}").format(name=where.sheet, n=where.row)
    return _("change {n}").format(n=where.row)


class _Given(dict[str, str]):
    """Parameters; one that is not carried shows as a dash, not as a brace."""

    def __missing__(self, key: str) -> str:
        return "–"


def _said(problem: Coded, lang: str) -> _Given:
    """Parameters as people read them."""
    said = _Given()
    for name, value in problem.params.items():
        if name in ("share", "most") and isinstance(value, (int, float)):
            said[name] = fmt.percent(value, lang)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and name != "version":
            said[name] = fmt.number(value, lang)
        else:
            said[name] = str(value)
    return said


def _sentences(lang: str) -> dict[str, str]:
    _ = catalog("model_problems", lang).gettext
    return {
        "arrival_weights_impossible": _("Requests cannot come at these hours, weekdays or months."),
        "arrivals_without_end": _("It is not said until when the simulation goes on."),
        "change_after_itself": _("The step “{step}” cannot be done after itself."),
        "change_batch_impossible": _("Work before “{step}” cannot be gathered for so long."),
        "change_choice_by_kind": _("At this decision the kind of the case decides, so no share can be set."),
        "change_demand_impossible": _("The number of requests a year has to be above nought."),
        "change_duration_impossible": _("Such a duration of “{step}” cannot be."),
        "change_field_missing": _("A change “{kind}” has to say “{field}”."),
        "change_field_unknown": _("A change “{kind}” has no “{field}”. It has: {known}."),
        "change_field_unreadable": _("“{value}” cannot be the “{field}” of a change “{kind}”."),
        "change_kind_unknown": _("There is no change “{kind}”. There are: {known}."),
        "change_last_step": _("“{step}” is the only step that is left."),
        "change_needs_two_names": _("The step “{step}” is to be divided, but into what is not said."),
        "change_needs_two_steps": _("With “{step}” alone there is nothing to put together."),
        "change_needs_two_units": _("One unit alone cannot work as one with others."),
        "change_never_right": _("If so little of “{step}” is right, cases come back to it without end."),
        "change_no_choice": _("Nothing is decided there: all cases go the same way."),
        "change_no_such_route": _("There is no such way from “{source}” to “{target}”."),
        "change_no_such_step": _("There is no step “{step}”."),
        "change_no_such_unit": _("There is no unit “{unit}”."),
        "change_no_way_left": _("After this change no way would lead to the answer."),
        "change_not_one_after_another": _("“{other}” does not follow directly after “{step}”."),
        "change_not_same_cases": _("Not every case that takes “{step}” takes “{other}” too."),
        "change_parts_not_whole": _("The parts of “{step}” have to make up 100 %."),
        "change_same_step_twice": _("The step “{step}” is named twice."),
        "change_share_impossible": _("A share lies between 0 and 100 %."),
        "change_share_too_large": _(
            "{share} of the cases cannot take “{step}”: no more than {most} come there."
        ),
        "change_staff_impossible": _("A unit needs more than no people at all: “{unit}”."),
        "change_staff_unknown": _("It is not known how many people work in “{unit}”."),
        "change_step_twice": _("Several steps are called “{step}”."),
        "change_unit_exists": _("There is a unit “{unit}” already."),
        "change_units_too_few": _("Each part of “{step}” needs a unit."),
        "change_without_steps": _("The change does not say which steps."),
        "changes_file_unreadable": _("The file of changes “{file}” cannot be read as JSON."),
        "changes_not_a_list": _("The file holds no list of changes."),
        "changes_version": _("The changes were written by another version ({version})."),
        "demand_unknown": _("It is not known how many requests come in a year."),
        "duration_impossible": _("A duration of the stream cannot be: below nought, or least above most."),
        "log_format_unknown": _("A log cannot be written as “{file}”. It can end in: {known}."),
        "nothing_closed": _("Not one case of the log is closed."),
        "nothing_answered": _("In a simulated period not one case was answered."),
        "replications_too_few": _("With one run there is no interval."),
        "attribute_unknown": _("A way asks for “{name}” of the case, of which nothing is known."),
        "attribute_shares_not_whole": _("The shares of “{name}” have to make up 100 %."),
        "attribute_without_way": _("A case with {name} “{value}” finds no way at “{place}”."),
        "attributes_too_many": _("The cases differ by too much at once: {count} kinds."),
        "away_impossible": _("People of “{unit}” cannot be away that often."),
        "pool_without_streams": _("At least two streams are needed to let their units work as one."),
        "pool_unit_missing": _("The stream of “{place}” has no unit “{unit}”."),
        "search_too_wide": _("So many scenarios cannot be tried: {count}."),
        "search_without_staff": _("Of no unit is it known how many people work in it."),
        "staff_not_modelled": _(
            "Work of this log does not queue for people, so a change of people shows nothing."
        ),
        "until_too_early": _("The simulation ends ({until}) before it begins ({begin})."),
        "no_date": _("“{value}” is no date."),
        "search_not_reached": _(
            "Even with {staff} people in each unit P90 does not come within the deadline."
        ),
        "simulation_cancelled": _("The simulation was stopped."),
        "stream_file_unreadable": _("The stream “{file}” cannot be read."),
        "stream_version": _("The stream was written by another version ({version})."),
        "stream_without_end": _("Some cases would never come to an end."),
        "unit_without_people": _("The unit “{unit}” has work but no people."),
    }


def _advice(lang: str) -> dict[str, str]:
    _ = catalog("model_problems", lang).gettext
    step = _("Write the step as it stands in the map, or by its key.")
    unit = _("Write the unit as it stands in the map.")
    file = _("Correct the file; docs/methods/changes.md shows an example.")
    return {
        "arrival_weights_impossible": _("Give {count} numbers of which at least one is above nought."),
        "arrivals_without_end": _("Say until which day, or how many cases."),
        "change_after_itself": _("Name another step after which it is done."),
        "change_batch_impossible": _("Give a number above nought, or none."),
        "change_choice_by_kind": _("Change how many cases of each kind there are."),
        "change_demand_impossible": _("Give the number of requests, or how many times as many."),
        "change_duration_impossible": _("Give the least, the usual and the most, in this order."),
        "change_field_missing": file,
        "change_field_unknown": file,
        "change_field_unreadable": file,
        "change_kind_unknown": file,
        "change_last_step": _("Leave at least one step."),
        "change_needs_two_names": _("Give the parts at least two names."),
        "change_needs_two_steps": _("Name at least two steps."),
        "change_needs_two_units": _("Name at least two units."),
        "change_never_right": _("Give a larger share, or change where the work comes back to."),
        "change_no_choice": _("Name a decision with two ways or more."),
        "change_no_such_route": _("Look at the ways of the map; an earlier change may have taken it away."),
        "change_no_such_step": step,
        "change_no_such_unit": unit,
        "change_no_way_left": _("Leave one way from the request to the answer."),
        "change_not_one_after_another": _("Change the order first, so that the steps follow one another."),
        "change_not_same_cases": _("Join steps that the same cases take, or change the shares first."),
        "change_parts_not_whole": _("Give one share for each part, 100 % in all."),
        "change_same_step_twice": _("Name each step once."),
        "change_share_impossible": _("Give a share between 0 and 1."),
        "change_share_too_large": _("Change the share at the decision before it first."),
        "change_staff_impossible": _("Give a number above nought; half a post is 0.5."),
        "change_staff_unknown": _("Say how many full-time posts the unit has for this service."),
        "change_step_twice": _("Name the step by its key."),
        "change_unit_exists": _("Choose another name for the unit."),
        "change_units_too_few": _("Name as many units as parts, or none."),
        "change_without_steps": _("Name the steps."),
        "changes_file_unreadable": file,
        "changes_not_a_list": file,
        "changes_version": _("Write the changes again with this version."),
        "demand_unknown": _("Say how many requests come in a year."),
        "duration_impossible": _("Correct the duration; the least comes first and the most last."),
        "log_format_unknown": _("Give the file another ending."),
        "nothing_closed": _("Give a log with cases that came to their answer."),
        "nothing_answered": _(
            "Simulate a longer period, or look whether a step waits for people without end."
        ),
        "replications_too_few": _("Ask for at least two replications; 30 are usual."),
        "attribute_unknown": _("Say what values there are and how often."),
        "attribute_shares_not_whole": _("Correct the shares."),
        "attribute_without_way": _("Add a way without a condition, for all other cases."),
        "attributes_too_many": _("Leave out what no way asks for."),
        "away_impossible": _("Give a share of working days below 100 %."),
        "pool_without_streams": _("Name two streams or more."),
        "pool_unit_missing": unit,
        "search_too_wide": _("Give fewer changes or fewer numbers of people."),
        "search_without_staff": _("Say how many full-time posts the units have for this service."),
        "staff_not_modelled": _("Give a log with the worker, the unit and the start of each piece of work."),
        "until_too_early": _("Give a later day."),
        "no_date": _("Write it like 2025-12-31."),
        "search_not_reached": _("People are not what it waits for: look at told waiting, batches and hours."),
        "simulation_cancelled": _("Start it again to see its result."),
        "stream_file_unreadable": _("It has to follow docs/schemas/value-stream.schema.json."),
        "stream_version": _("Write the stream again with this version."),
        "stream_without_end": _("Look at the ways that lead back: some share has to go on."),
        "unit_without_people": _("Say how many full-time posts the unit has for this service."),
    }


CODES = tuple(_sentences("en"))
