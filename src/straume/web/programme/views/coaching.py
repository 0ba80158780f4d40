"""The page of coaching: hours, free times, one's own sessions; booking, moving, cancelling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from straume.web.places.lists import FORMS, Cell, as_file
from straume.web.programme import coaching_hours
from straume.web.programme import coaching_permissions as permissions
from straume.web.programme.actions import coaching as actions
from straume.web.programme.coaching_calendar import as_ics
from straume.web.programme.forms.coaching import (
    BookGroupForm,
    BookIndividualForm,
    MoveForm,
    OpenSlotForm,
    TopicForm,
)
from straume.web.programme.models import (
    CoachingEntitlement,
    CoachingOutcome,
    CoachingPlace,
    CoachingSession,
    CoachingSlot,
)
from straume.web.programme.permissions import may_read
from straume.web.programme.reader import person

PAGE = {"nav": "activities", "subnav": "coaching"}


@login_required
@require_GET
def coaching(request: HttpRequest) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    may_read(request.user, today)
    lines = coaching_hours.hours_for(request.user, today)
    if (form := request.GET.get("format", "")) in FORMS:
        table = coaching_hours.table_of(lines)
        return as_file(table, form, name="coaching-hours", title=_("Hours of coaching"), today=today)
    sentences = CoachingOutcome.objects.filter(taken_back_on=None).select_related("institution")
    context = PAGE | {
        "lines": [(line, line.said()) for line in lines],
        "slots": permissions.free_slots(request.user, today).filter(starts_at__gt=now),
        "sessions": permissions.coming_sessions(request.user, today),
        "agreements": permissions.agreements_of(request.user),
        "own_sentences": sentences.filter(said_by=person(request)),
        "sentences": sentences.filter(institution__in=permissions.sentences_seen_of(request.user, today)),
        "is_coach": permissions.coached_by(request.user, today).exists(),
        "books_groups": permissions.groups_booked_from(request.user, today).exists(),
        "has_agreement": permissions.bookable_agreements(request.user, today).exists(),
        "today": today,
    }
    return render(request, "programme/coaching/coaching.html", context)


@login_required
def open_slot(request: HttpRequest) -> HttpResponse:
    today, now = timezone.localdate(), timezone.localtime()
    permissions.require_coach(request.user, today)
    form = OpenSlotForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_slot(coach=person(request), starts_at=form.cleaned_data["starts_at"])
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The time is open for booking."))
            return redirect("programme:coaching")
    return form_page(request, form, _("Open a time"), _("Open the time"))


@login_required
def withdraw_slot(request: HttpRequest, slot_pk: int) -> HttpResponse:
    slot = permissions.find_own_slot(request.user, slot_pk, timezone.localdate())
    if request.method == "POST":
        try:
            actions.withdraw_slot(slot=slot)
        except actions.Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The time is no longer open."))
        return redirect("programme:coaching")
    lead = _("Nobody can book it any more.")
    context = PAGE | {
        "title": _("Take this time back?"),
        "submit": _("Take it back"),
        "lead": lead,
        "slot": slot,
    }
    return render(request, "programme/coaching/confirm.html", context)


@login_required
def book(request: HttpRequest, slot_pk: int, form: str) -> HttpResponse:
    """Individual coaching is booked by the client, a group by those who delegate."""
    today = timezone.localdate()
    slot = permissions.find_slot(request.user, slot_pk, today)
    filled = booking_form(request, form, slot, today)
    if request.method == "POST" and filled.is_valid():
        try:
            booked = actions.book(
                slot=slot,
                wish=wish_of(filled.cleaned_data),
                by=person(request),
                key=filled.cleaned_data["key"],
                now=timezone.now(),
            )
        except actions.Refused as refused:
            filled.add_error(None, str(refused))
        else:
            messages.success(
                request, _("It is booked. A letter with an entry for the calendar is on its way.")
            )
            return redirect(booked)
    title = _("Book a group") if form == "group" else _("Book individual coaching")
    return form_page(request, filled, title, _("Book"), slot=slot)


def booking_form(request: HttpRequest, form: str, slot: CoachingSlot, today: Any) -> Any:
    if form == CoachingSession.Form.GROUP:
        institutions = permissions.groups_booked_from(request.user, today).filter(
            pk__in=permissions.coached_by(slot.coach, today), coaching_entitlements__isnull=False
        )
        return BookGroupForm(request.POST or None, institutions=institutions.distinct())
    agreements = permissions.bookable_agreements(request.user, today).filter(coach=slot.coach)
    return BookIndividualForm(request.POST or None, agreements=agreements)


def wish_of(said: dict[str, Any]) -> actions.Wish:
    agreement = said.get("agreement")
    institution = agreement.institution if agreement else said["institution"]
    entitlement = (
        CoachingEntitlement.objects.filter(institution=institution).order_by("-project__from_on").first()
    )
    if entitlement is None:
        raise actions.Refused(_("%(name)s has no hours of coaching.") % {"name": institution.name})
    return actions.Wish(
        entitlement=entitlement,
        agreement=agreement,
        room=said["room"],
        topic=said["topic"].strip(),
        places=said.get("places") or 0,
    )


@login_required
@require_GET
def session(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_session(request.user, pk, today)
    is_coach = shown.coach_id == request.user.pk
    context = PAGE | {
        "session": shown,
        "is_coach": is_coach,
        "may_change": permissions.may_change(request.user, shown, today),
        "may_join": permissions.may_join(request.user, shown, today),
        "has_place": CoachingPlace.objects.filter(session=shown, person=person(request)).exists(),
        "group": shown.group.select_related("person") if is_coach else [],
        "free": shown.places - shown.taken,
    }
    return render(request, "programme/coaching/session.html", context)


@login_required
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_session_to_change(request.user, pk, timezone.localdate())
    form = TopicForm(request.POST or None, initial={"topic": shown.topic})
    if request.method == "POST" and form.is_valid():
        actions.say_topic(session=shown, topic=form.cleaned_data["topic"].strip(), now=timezone.now())
        messages.success(request, _("The coach has your topic."))
        return redirect(shown)
    return form_page(request, form, _("Topic of the session"), _("Send"), session=shown)


@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    today, now = timezone.localdate(), timezone.now()
    shown = permissions.find_session_to_change(request.user, pk, today)
    slots = CoachingSlot.objects.filter(coach=shown.coach, is_taken=False, starts_at__gt=now)
    form = MoveForm(request.POST or None, slots=slots)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(session=shown, to=form.cleaned_data["slot"], by=person(request), now=now)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The session is moved."))
            return redirect(shown)
    return form_page(request, form, _("Move the session"), _("Move"), session=shown)


@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = permissions.find_session_to_change(request.user, pk, timezone.localdate())
    assert shown.slot is not None
    if request.method == "POST":
        try:
            comes_back = actions.cancel(session=shown, by=person(request), now=now)
        except actions.Refused as refused:
            messages.error(request, str(refused))
        else:
            said = _("The session is cancelled.") if comes_back else _("Cancelled; the hours are used up.")
            messages.success(request, said)
        return redirect("programme:coaching")
    keeps = shown.slot.starts_at - now >= actions.NOTICE or shown.coach_id == request.user.pk
    lead = (
        _("The hours go back to the municipality, and the time is free again.")
        if keeps
        else _("It begins in less than two days: the hours are used up all the same.")
    )
    context = PAGE | {"title": _("Cancel the session?"), "submit": _("Cancel the session"), "lead": lead}
    return render(request, "programme/coaching/confirm.html", context | {"session": shown})


@login_required
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a place in a group, or give it back."""
    today = timezone.localdate()
    shown = permissions.find_session(request.user, pk, today)
    if not permissions.may_join(request.user, shown, today):
        raise permissions.not_here()
    try:
        if "leave" in request.POST:
            actions.leave(session=shown, person=person(request))
        else:
            actions.join(session=shown, person=person(request))
    except actions.Refused as refused:
        messages.error(request, str(refused))
    return redirect(shown)


@login_required
@require_GET
def ics(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_session(request.user, pk, timezone.localdate())
    calendar = as_ics(shown, to=person(request).email, method="REQUEST", now=timezone.now())
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="coaching.ics"'
    return response


@login_required
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The coach's own record: date, duration, municipality; for the invoice and the funder."""
    today = timezone.localdate()
    permissions.require_coach(request.user, today)
    sessions = CoachingSession.objects.filter(coach=person(request), is_erased=True)
    rows = sessions.select_related("entitlement__institution").order_by("-on", "-pk")
    if (form := request.GET.get("format", "")) in FORMS:
        return as_file(log_table(rows), form, name="coaching-log", title=_("My sessions"), today=today)
    return render(request, "programme/coaching/log.html", PAGE | {"rows": rows})


def log_table(rows: Iterable[CoachingSession]) -> list[list[Cell]]:
    head: list[Cell] = [_("Date"), _("Minutes"), _("Municipality"), _("Held")]
    return [head] + [
        [
            one.on,
            one.minutes,
            one.entitlement.institution.name,
            _("cancelled too late") if one.is_lost else _("held"),
        ]
        for one in rows
    ]


def form_page(request: HttpRequest, form: Any, title: str, submit: str, **more: Any) -> HttpResponse:
    context = PAGE | {"form": form, "title": title, "submit": submit} | more
    return render(request, "programme/coaching/form.html", context)
