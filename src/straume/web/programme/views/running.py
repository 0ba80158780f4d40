"""Writing down an activity, changing and copying it, moving its state, deleting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.programme import permissions
from straume.web.programme.actions import activities as actions
from straume.web.programme.actions import status
from straume.web.programme.forms.activity import ActivityForm, CopyForm, StepForm
from straume.web.programme.models import Activity
from straume.web.programme.views.form import PAGE, form_page, signed_in


@login_required
def add_activity(request: HttpRequest) -> HttpResponse:
    """Perhaps in a work package and a cycle that the address names."""
    permissions.require_running(request.user, timezone.localdate())
    given = {
        name: request.GET.get(name)
        for name in ("work_package", "cycle")
        if request.GET.get(name, "").isdigit()
    }
    form = ActivityForm(request.POST or None, initial=given)

    def save() -> str:
        made = actions.add(activity=form.save(commit=False), key=form.cleaned_data["key"])
        return made.get_absolute_url()

    back = reverse("programme:activities")
    return form_page(request, form, title=_("New activity"), back=back, save=save)


@login_required
def change_activity(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_activity_to_run(request.user, pk, timezone.localdate())
    form = ActivityForm(request.POST or None, instance=shown)
    title, back = _("Change the activity"), shown.get_absolute_url()

    def save() -> None:
        changed = form.save(commit=False)
        move_by = form.move_by(changed.from_on)
        actions.change(activity=changed, fields=set(form.changed_data), move_by=move_by)

    try:
        return form_page(request, form, title=title, back=back, save=save, activity=shown)
    except IntegrityError:  # a place was taken since the form was checked
        form.add_error("places", _("Places were taken just now. There cannot be fewer than those."))
        context = {"form": form, "title": title, "back": back, "activity": shown, **PAGE}
        return render(request, "programme/form.html", context)


@login_required
def copy_activity(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_activity_to_run(request.user, pk, timezone.localdate())
    form = CopyForm(request.POST or None)

    def save() -> str:
        said = form.cleaned_data
        made = actions.copy(activity=shown, first_on=said["first_on"], key=said["key"])
        return made.get_absolute_url()

    about = _(
        "Sessions, agenda, speakers, needs and the route are copied; people, files and consents are not. "
        "The copy is planned, so nobody is told of it yet."
    )
    return form_page(
        request, form, title=_("Copy the activity"), back=shown.get_absolute_url(), save=save, activity=shown,
        about=about, submit=_("Copy"),
    )  # fmt: skip


@login_required
def move_activity(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """On to the next state, back to an earlier one, or cancelled."""
    today = timezone.localdate()
    shown = permissions.find_activity_to_run(request.user, pk, today)
    step = next((one for one in status.steps_of(shown, today) if one.to == to), None)
    if step is None:
        messages.error(request, _("It stands elsewhere by now. Look at its state and choose anew."))
        return redirect(shown)
    form = StepForm(request.POST or None, required=step.needs_reason)
    if request.method == "POST" and not step.is_barred and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        moved = status.move(activity=shown, step=step, reason=reason, by=signed_in(request), now=now)
        if moved:
            messages.success(
                request, _("The activity is now: %(state)s.") % {"state": moved.get_after_display()}
            )
        else:
            messages.error(request, _("It stands elsewhere by now. Look at its state and choose anew."))
        return redirect(shown)
    context = {"activity": shown, "step": step, "form": form, "submit": said(step), **PAGE}
    return render(request, "programme/step.html", context)


def said(step: status.Step) -> str:
    """What pressing the button does."""
    if step.way is status.Way.BACK:
        label = dict(Activity.Status.choices)[step.to]
        return _("Back to: %(state)s") % {"state": label}
    return {
        "announced": _("Announce"),
        "held": _("It was held"),
        "complete": _("The evidence is complete"),
        "reported": _("It is reported"),
        "cancelled": _("Cancel the activity"),
    }[step.to]


def steps_said(shown: Activity, today: Any) -> list[dict[str, Any]]:
    """The moves that can be made, with their words and addresses."""
    return [
        {
            "step": step,
            "label": said(step),
            "url": reverse("programme:move_activity", args=[shown.pk, step.to]),
        }
        for step in status.steps_of(shown, today)
    ]


@login_required
def delete_activity(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_activity_to_run(request.user, pk, timezone.localdate())
    hanging = actions.hanging_on(shown)
    if request.method == "POST" and actions.delete(activity=shown):
        messages.success(request, _("The activity is deleted."))
        return redirect("programme:activities")
    context = {
        "activity": shown,
        "hanging": hanging,
        "may_delete": shown.status == Activity.Status.PLANNED and not hanging,
        **PAGE,
    }
    return render(request, "programme/delete_activity.html", context)
