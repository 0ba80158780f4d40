"""The rule for places in words, and to each person the reason for what became of their wish."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from straume.web.programme.models import Activity, PlaceRule, Registration

Status, Order = Registration.Status, PlaceRule.Order


def rule_in_words(activity: Activity) -> list[str]:
    """What people read before they apply, sentence by sentence."""
    rule: PlaceRule = activity.place_rule
    told = [_ways(rule)]
    if activity.quotas.filter(released_at=None).exists():
        told.append(_("Quotas come first: their places are held until the day that stands beside them."))
    told += [_order_said(activity, order) for order in (rule.first_by, rule.then_by) if order]
    if rule.way == PlaceRule.Way.COLLECTED:
        told.append(
            _("Ties are settled by a draw with the number %(seed)s; anybody can draw again.")
            % {"seed": rule.seed}
        )
    told.append(
        _("A place that becomes free is offered to the next in line, who has %(hours)s hours to accept it.")
        % {"hours": rule.offer_hours}
    )
    if rule.note:
        told.append(str(rule.note))
    return told


def _ways(rule: PlaceRule) -> str:
    if rule.way == PlaceRule.Way.FIRST_COME:
        return _("Who comes first gets a place; then a waiting list begins.")
    return _(
        "Everybody who asks until %(closes)s is collected; on %(allots)s the places are allotted together."
    ) % {
        "closes": moment(rule.closes_at or rule.allots_at),
        "allots": moment(rule.allots_at),
    }


def _order_said(activity: Activity, order: str) -> str:
    in_cycle, in_project = (
        _("In the line, people who have not yet had a place in this cycle come first."),
        _("In the line, people who have not yet had a place in this project come first."),
    )
    return {
        str(Order.NEW_FIRST): in_cycle if activity.cycle_id else in_project,
        str(Order.NEED_FIRST): _(
            "In the line, people of institutions that named the need which the activity addresses come first."
        ),
        str(Order.COUNTRY): _("In the line, the country with fewer places so far comes first."),
    }[order]


def why(registration: Registration, position: int | None) -> str:
    """To the person, and to those who delegated them: what became of it, and why."""
    if registration.status == Status.WAITING:
        return _why_waiting(registration, position)
    said: dict[str, Callable[[], str]] = {
        Status.CONFIRMED: lambda: _why_confirmed(registration),
        Status.OFFERED: lambda: (
            _("A place is free for you. Accept it by %(until)s; after that it goes to the next in line.")
            % {"until": moment(registration.offer_ends_at)}
        ),
        Status.CANCELLED: lambda: _why_cancelled(registration),
        Status.EXPIRED: lambda: _("The offered place was not accepted in time and went to the next in line."),
        Status.DECLINED: lambda: _("You declined the offered place."),
    }
    return said[registration.status]()


def _why_confirmed(registration: Registration) -> str:
    quota = registration.quota
    if registration.reason == "quota" and quota is not None:
        if quota.institution_id:
            return _("You have a place: the quota of %(institution)s.") % {"institution": quota.holder}
        return _("You have a place: the quota of the country (%(country)s).") % {"country": quota.holder}
    known = {
        "quota": _("You have a place: it was held for your institution or country."),
        "free": _("You have a place: one was free when you were written down."),
        "rule": _("You have a place: it was allotted to you by the rule."),
        "offered": _("You have a place: one became free and you accepted it."),
        "instead": _("You have a place: you come instead of a colleague."),
        "walk_in": _("You have a place: you were there."),
    }
    return known.get(registration.reason, _("You have a place."))


def _why_waiting(registration: Registration, position: int | None) -> str:
    activity = registration.activity
    rule: PlaceRule = activity.place_rule
    if rule.is_collecting:
        return _("You are written down. The places are allotted on %(allots)s.") % {
            "allots": moment(rule.allots_at)
        }
    told = _("Waiting, number %(position)s in line.") % {"position": position or "–"}
    orders = [_order_said(activity, order) for order in (rule.first_by, rule.then_by) if order]
    return " ".join([told, *(orders or [_("All places are taken; who came earlier stands before you.")])])


def _why_cancelled(registration: Registration) -> str:
    known = {
        "by_person": _("You cancelled."),
        "by_institution": _("Your institution cancelled."),
        "replaced": _("A colleague comes instead of you."),
    }
    return known.get(registration.reason) or _("The organiser cancelled: %(reason)s") % {
        "reason": registration.reason
    }


def moment(at: object) -> str:
    """A day and an hour in figures: a month in words would need a case that the formats do not have."""
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else "–"  # type: ignore[arg-type]


def day(on: object) -> str:
    return date_format(on, "SHORT_DATE_FORMAT")  # type: ignore[arg-type]
