"""The list of activities, a month of them, and the page of one."""

from __future__ import annotations

from typing import Any

from babel.dates import format_date, get_day_names
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.places.lists import FORMS, Asked, as_file, asked_of
from straume.web.places.models.institutions import Country
from straume.web.programme import month as months
from straume.web.programme import permissions, said
from straume.web.programme.actions.status import missing_to_announce
from straume.web.programme.activity_list import CHOICES, COLUMNS, activity_rows, activity_table
from straume.web.programme.activity_page import page_of
from straume.web.programme.models import Activity, Language
from straume.web.programme.views.form import PAGE
from straume.web.programme.views.running import steps_said
from straume.words.catalog import LOCALES

MONTH = {"en": "LLLL y", "lv": "y. 'gada' LLLL", "lt": "y 'm'. LLLL"}


@login_required
def activities(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    asked = asked_of(request, COLUMNS, *CHOICES)
    rows = activity_rows(asked, today)
    if asked.form in FORMS:
        table = activity_table(rows)
        return as_file(table, asked.form, name="activities", title=_("Activities"), today=today)
    context = {
        "rows": rows,
        "any": bool(rows) or Activity.objects.exists(),
        "past": Activity.objects.filter(until_on__lt=today).exists(),
        "runs": permissions.runs_programme(request.user, today),
        **choices_of(asked),
        **asked.context(COLUMNS),
        **PAGE,
    }
    return render(request, "programme/activities.html", context)


@login_required
def month(request: HttpRequest) -> HttpResponse:
    """The same activities on the days of a month."""
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    asked = asked_of(request, COLUMNS, *CHOICES)
    first = months.month_of(request.GET.get("month", ""), today)
    whole_time = Asked(q=asked.q, sort="days", choices={**asked.choices, "when": "all"}, form="")
    weeks = months.weeks_of(first, activity_rows(whole_time, today), today)
    locale = LOCALES[said.lang()]
    names = get_day_names("abbreviated", context="stand-alone", locale=locale)
    context = {
        "weeks": weeks,
        "any": any(day.rows for week in weeks for day in week if day.is_in_month),
        "weekdays": [names[number] for number in range(7)],
        "first": first,
        "month_said": format_date(first, MONTH[said.lang()], locale=locale),
        "before": months.month_before(first),
        "after": months.month_after(first),
        **choices_of(asked),
        **asked.context(COLUMNS),
        **PAGE,
    }
    return render(request, "programme/month.html", context)


def choices_of(asked: Asked) -> dict[str, Any]:
    """What can be chosen in the form above the list."""
    return {
        "kinds": Activity.Kind.choices,
        "statuses": Activity.Status.choices,
        "spoken": Language.choices,
        "countries": Country.choices,
        # the less common choices stand open where one of them is made
        "chosen": any(asked.choices[name] for name in ("kind", "country", "language", "status")),
    }


@login_required
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_activity(request.user, pk, today)
    context = page_of(shown, request.user, today)
    if context["runs"]:
        context["steps"] = steps_said(shown, today)
        if shown.status == Activity.Status.PLANNED:
            context["missing"] = missing_to_announce(shown)
    return render(request, "programme/activity.html", {**context, **PAGE})
