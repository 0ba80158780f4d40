"""Who came to an activity: the list, putting it right by hand, helpers at the door, people without one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.accounts.models import User
from straume.web.places.lists import FORMS, as_file
from straume.web.places.models import Institution
from straume.web.places.permissions import not_here
from straume.web.programme import attendance_list, evidence
from straume.web.programme import attendance_permissions as permissions
from straume.web.programme.actions import attendance as actions
from straume.web.programme.forms.check_in import CompleteForm, HelperForm, ReasonForm
from straume.web.programme.models import Activity, Attendance, CheckInHelper, WalkIn
from straume.web.programme.reader import language, person

NAV = {"nav": "activities"}


@login_required
@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Each person and session, what proves it, and what is still missing; as a page or as a file."""
    today = timezone.localdate()
    activity = permissions.find_to_see_who_came(request.user, pk, today)
    q = request.GET.get("q", "").strip()
    rows = attendance_list.rows_of(activity, q=q)
    form = request.GET.get("format", "")
    if form in FORMS:
        table = attendance_list.as_table(activity, rows)
        title = _("Attendance")
        return as_file(table, form, name=f"attendance-{pk}", title=title, today=today)
    context = NAV | {
        "activity": activity,
        "evidence": evidence.of_activity(activity),
        "missing": evidence.missing(activity),
        "rows": rows,
        "q": q,
        "walk_ins": WalkIn.objects.filter(session__activity=activity, settled_at=None).select_related(
            "session"
        ),
        "changes": attendance_list.changes_of(activity),
        "checks_in": permissions.checks_in_at(request.user, activity, today),
        "runs": permissions.runs(request.user, today),
        "retention": attendance_list.retention_of(activity),
        "is_simulated": attendance_list.is_simulated(activity),
    }
    return render(request, "programme/attendance/index.html", context)


@login_required
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick or untick one person of one session, with the reason."""
    activity = permissions.find_to_check_in(request.user, pk, timezone.localdate())
    session = permissions.find_session(activity, _number(request, "session"))
    registration = activity.registrations.filter(pk=_number(request, "registration")).first()
    if registration is None:
        raise not_here()
    came = not Attendance.objects.filter(session=session, registration=registration).exists()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish = request.POST.get("came", "") == "yes"
        done = actions.correct(
            session=session,
            registration=registration,
            came=wish,
            reason=form.cleaned_data["reason"],
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, _("Put right.") if done else _("It stood so already."))
        return redirect("programme:attendance", pk)
    context = NAV | {"activity": activity, "session": session, "registration": registration, "came": came}
    return render(request, "programme/attendance/correct.html", context | {"form": form})


def _number(request: HttpRequest, name: str) -> int:
    found = request.GET.get(name, "")
    if not found.isdigit():
        raise not_here()
    return int(found)


@login_required
def helpers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who helps at the door; named and released by those who run the programme."""
    activity = permissions.find_to_run(request.user, pk, timezone.localdate())
    form = HelperForm(request.POST if "email" in request.POST else None)
    if request.method == "POST" and "remove" in request.POST:
        CheckInHelper.objects.filter(activity=activity, pk=int(request.POST["remove"])).delete()
        messages.success(request, _("The person no longer checks people in here."))
        return redirect("programme:attendance_helpers", pk)
    if request.method == "POST" and form.is_valid() and _named(request, activity, form):
        messages.success(request, _("The person may check people in at this activity."))
        return redirect("programme:attendance_helpers", pk)
    context = NAV | {
        "activity": activity,
        "form": form,
        "helpers": activity.check_in_helpers.select_related("person"),
    }
    return render(request, "programme/attendance/helpers.html", context)


def _named(request: HttpRequest, activity: Activity, form: HelperForm) -> bool:
    found = User.objects.filter(email__iexact=form.cleaned_data["email"]).first()
    if found is None:
        form.add_error(
            "email", _("Straume does not know this address. Add the person to their institution first.")
        )
        return False
    CheckInHelper.objects.get_or_create(
        activity=activity,
        person=found,
        defaults={"named_by": person(request), "named_at": timezone.now()},
    )
    return True


@login_required
def walk_in(request: HttpRequest, pk: int, walk_in_pk: int) -> HttpResponse:
    """Complete somebody who came without a registration, or set the note aside."""
    activity = permissions.find_to_check_in(request.user, pk, timezone.localdate())
    noted = WalkIn.objects.filter(session__activity=activity, pk=walk_in_pk, settled_at=None).first()
    if noted is None:
        raise not_here()
    initial: dict[str, Any] = {"name": noted.name, "language": language()}
    initial["institution"] = Institution.objects.filter(name__iexact=noted.institution).first()
    setting_aside = "set_aside" in request.POST
    form = CompleteForm(
        request.POST if request.method == "POST" and not setting_aside else None, initial=initial
    )
    aside = ReasonForm(request.POST if setting_aside else None, prefix="aside")
    if setting_aside and aside.is_valid():
        reason = aside.cleaned_data["reason"]
        actions.set_aside(walk_in=noted, reason=reason, by=person(request), now=timezone.now())
        messages.success(request, _("Set aside."))
        return redirect("programme:attendance", pk)
    if form.is_bound and form.is_valid():
        actions.complete_walk_in(walk_in=noted, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The person is registered, and was there."))
        return redirect("programme:attendance", pk)
    context = NAV | {"activity": activity, "walk_in": noted, "form": form, "aside": aside}
    return render(request, "programme/attendance/walk_in.html", context)
