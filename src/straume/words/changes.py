"""Each change of a value stream as a sentence: codes and parameters come from `lean.stream.changes.told`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from straume.words import format as fmt
from straume.words.catalog import catalog, known

MINUTES_PER_DAY = 1440


class Coded(Protocol):
    """A change as the library tells it."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


def sentence(told: Coded, lang: str) -> str:
    """What the change does, as something to be done: Take out the step “Sign”."""
    lang = known(lang)
    return _SENTENCES[told.code](told.params, lang)


def label(kind: str, lang: str) -> str:
    """The name of a kind of change, for a menu."""
    _ = catalog("changes", known(lang)).gettext
    return {
        "take_out": _("Take a step out"),
        "join": _("Do steps in one go"),
        "split": _("Divide a step"),
        "reorder": _("Change the order"),
        "in_parallel": _("Do steps at the same time"),
        "automate": _("Leave a step to a machine"),
        "set_touch": _("Change the time of work"),
        "set_wait": _("Change the waiting"),
        "set_share": _("Change a share of cases"),
        "set_yield": _("Change how much is right at once"),
        "set_staff": _("Change the number of people"),
        "set_hours": _("Change the working hours"),
        "set_batch": _("Change how long work is gathered"),
        "set_demand": _("Change the number of requests"),
        "set_priority": _("Change what goes first"),
        "set_queue_rule": _("Change the order of the queue"),
        "pool_units": _("Let units work as one"),
    }[kind]


def weekday(name: str, lang: str) -> str:
    """On Mondays, …"""
    _ = catalog("changes", lang).gettext
    return {
        "monday": _("on Mondays"),
        "tuesday": _("on Tuesdays"),
        "wednesday": _("on Wednesdays"),
        "thursday": _("on Thursdays"),
        "friday": _("on Fridays"),
        "saturday": _("on Saturdays"),
        "sunday": _("on Sundays"),
    }[name]


def _take_out(said: Mapping[str, Any], lang: str) -> str:
    return catalog("changes", lang).gettext("Take out the step “{step}”.").format(**said)


def _join(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    steps = _names(said["steps"], lang)
    if said["name"]:
        return _("Do {steps} in one go, as “{name}”.").format(steps=steps, name=said["name"])
    return _("Do {steps} in one go.").format(steps=steps)


def _split(said: Mapping[str, Any], lang: str) -> str:
    text = catalog("changes", lang).gettext("Divide the step “{step}” into {names}.")
    return text.format(step=said["step"], names=_names(said["names"], lang))


def _reorder(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    if not said["after"]:
        return _("Do the step “{step}” first of all.").format(**said)
    return _("Do the step “{step}” after “{after}”.").format(**said)


def _in_parallel(said: Mapping[str, Any], lang: str) -> str:
    text = catalog("changes", lang).gettext("Do {steps} at the same time.")
    return text.format(steps=_names(said["steps"], lang))


def _automate(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    touch = said["touch"]
    if touch and touch["minutes"]:
        text = _("Leave the step “{step}” to a machine; {touch} of work stay with people.")
        return text.format(step=said["step"], touch=_span(touch, lang))
    return _("Leave the step “{step}” to a machine.").format(step=said["step"])


def _set_touch(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    now = _span(said["now"], lang)
    if said["was"] is None:
        return _("Work at “{step}”: {now}.").format(step=said["step"], now=now)
    text = _("Work at “{step}”: {now} instead of {was}.")
    return text.format(step=said["step"], now=now, was=_span(said["was"], lang))


def _set_wait(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    now = _span(said["now"], lang)
    if said["was"] is None:
        return _("Waiting before “{step}”: {now}.").format(step=said["step"], now=now)
    text = _("Waiting before “{step}”: {now} instead of {was}.")
    return text.format(step=said["step"], now=now, was=_span(said["was"], lang))


def _set_share(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    now, was = (None if said[key] is None else fmt.percent(said[key], lang) for key in ("now", "was"))
    if "step" in said:
        text = _("{now} of the cases take the step “{step}”, instead of {was}.")
        return text.format(step=said["step"], now=now, was=was)
    if said["route"]:
        text = _("At the decision {now} of the cases go on to “{route}”, instead of {was}.")
        return text.format(route=said["route"], now=now, was=was)
    return _("At the decision {now} of the cases take this way, instead of {was}.").format(now=now, was=was)


def _set_yield(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    now = fmt.percent(said["now"], lang)
    if said["was"] is None:
        return _("Of what “{step}” hands on, {now} is right at once.").format(step=said["step"], now=now)
    text = _("Of what “{step}” hands on, {now} is right at once, instead of {was}.")
    return text.format(step=said["step"], now=now, was=fmt.percent(said["was"], lang))


def _set_staff(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    now = fmt.number(said["now"], lang)
    if said["was"] is None:
        return _("Full-time posts for this service in “{unit}”: {now}.").format(unit=said["unit"], now=now)
    text = _("Full-time posts for this service in “{unit}”: {now} instead of {was}.")
    return text.format(unit=said["unit"], now=now, was=fmt.number(said["was"], lang))


def _set_hours(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    days = [
        _("{hours} {day}").format(
            hours=" + ".join(f"{start}–{stop}" for start, stop in spans), day=weekday(day, lang)
        )
        for day, spans in said["weekly"].items()
    ]
    if said["unit"]:
        text = _("“{unit}” works {hours}.")
        return text.format(unit=said["unit"], hours=", ".join(days))
    return _("Everybody works {hours}.").format(hours=", ".join(days))


def _set_batch(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    how = []
    if said["size"]:
        counted = catalog("changes", lang).ngettext(
            "until {n} is there", "until {n} are there", round(said["size"])
        )
        how.append(counted.format(n=fmt.number(said["size"], lang)))
    if said["every_days"]:
        counted = catalog("changes", lang).ngettext(
            "for {n} working day", "for {n} working days", round(said["every_days"])
        )
        how.append(counted.format(n=fmt.number(said["every_days"], lang)))
    if not how and not said["weekday"]:
        return _("No longer gather work before “{step}”.").format(step=said["step"])
    if not how:
        return _("Gather work before “{step}” and do it {day}.").format(
            step=said["step"], day=weekday(said["weekday"], lang)
        )
    if not said["weekday"]:
        return _("Gather work before “{step}” {how}.").format(step=said["step"], how=", ".join(how))
    return _("Gather work before “{step}” {how}, and do it {day}.").format(
        step=said["step"], how=", ".join(how), day=weekday(said["weekday"], lang)
    )


def _set_demand(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    now = fmt.number(said["now"] or 0.0, lang, 0)
    if said["was"] is None:
        return _("Requests a year: {now}.").format(now=now)
    return _("Requests a year: {now} instead of {was}.").format(now=now, was=fmt.number(said["was"], lang, 0))


def _set_priority(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    if said["now"] < said["was"]:
        return _("Let work at “{step}” go before other work of the unit.").format(step=said["step"])
    if said["now"] > said["was"]:
        return _("Let work at “{step}” wait for other work of the unit.").format(step=said["step"])
    return _("Leave the order of work at “{step}” as it is.").format(step=said["step"])


def _set_queue_rule(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    return {
        "first_come": _("Units take the work that came to them first."),
        "oldest_case": _("Units take the work of the oldest case first."),
    }[said["rule"]]


def _pool_units(said: Mapping[str, Any], lang: str) -> str:
    _ = catalog("changes", lang).gettext
    units = _names(said["units"], lang)
    if said["name"]:
        return _("Let {units} work as one unit, “{name}”.").format(units=units, name=said["name"])
    return _("Let {units} work as one unit.").format(units=units)


_SENTENCES = {
    "take_out": _take_out,
    "join": _join,
    "split": _split,
    "reorder": _reorder,
    "in_parallel": _in_parallel,
    "automate": _automate,
    "set_touch": _set_touch,
    "set_wait": _set_wait,
    "set_share": _set_share,
    "set_yield": _set_yield,
    "set_staff": _set_staff,
    "set_hours": _set_hours,
    "set_batch": _set_batch,
    "set_demand": _set_demand,
    "set_priority": _set_priority,
    "set_queue_rule": _set_queue_rule,
    "pool_units": _pool_units,
}
KINDS = tuple(_SENTENCES)


def _names(names: Sequence[str], lang: str) -> str:
    """ "“a”, “b” and “c”" """
    _ = catalog("changes", lang).gettext
    quoted = [_("“{name}”").format(name=name) for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("{names} and {last}").format(names=", ".join(quoted[:-1]), last=quoted[-1])


def _span(span: Mapping[str, Any], lang: str) -> str:
    """Usual minutes, in days where they are days of the calendar."""
    minutes = float(span["minutes"])
    if span["clock"] == "calendar" and minutes >= MINUTES_PER_DAY:
        return fmt.days(minutes / MINUTES_PER_DAY, lang)
    return fmt.minutes(minutes, lang)
