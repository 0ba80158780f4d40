"""Delegating people and applying oneself; one registration and what can be done with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership
from straume.web.places.permissions import institutions_of
from straume.web.programme import letters, nomination, permissions, reasons, said
from straume.web.programme.actions import delegating, registrations, waiting
from straume.web.programme.forms.registrations import (
    ApplyForm,
    CancelForm,
    DelegateForm,
    NeedsForm,
    ReplaceForm,
)
from straume.web.programme.models import Activity, Registration
from straume.web.programme.reader import person

PAGE = {"nav": "activities", "subnav": "activities"}
Status = Registration.Status
# of rows that are read hundreds of times a second what is needed; the rest is read where somebody looks at it
NAMED = ("country", "name_lv", "name_lt", "name_en")
ASKED_IN_A_RUSH = ("status", "from_on", "places", "taken", "held", "is_simulated", "place_rule")


@login_required
def delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """Several people of one's institution at once."""
    now, today = timezone.now(), timezone.localdate()
    activity = settled(permissions.find_activity(request.user, pk, today), now)
    institutions = permissions.delegates_from(request.user, today)
    if not institutions.exists():
        raise PermissionDenied(_("People are delegated by the heads and coordinators of an institution."))
    wanted = institutions.filter(slug=request.GET.get("from", "")).first()
    institution = wanted or institutions.order_by("slug")[0]
    closed = nomination.why_closed(activity, Registration.Way.DELEGATED, now)
    people = colleagues(institution, activity, today)
    form = DelegateForm(
        request.POST if request.method == "POST" else None, people=people, language=institution.country
    )
    if request.method == "POST" and not closed and form.is_valid():
        chosen = form.chosen() + [
            delegating.person_for(name=one.name, email=one.email, language=one.language)
            for one in form.new_people()
        ]
        made = delegating.delegate(
            activity=activity,
            institution=institution,
            people=chosen,
            made_by=person(request),
            now=now,
            key=form.cleaned_data["key"],
        )
        tell(request, made)
        return redirect("programme:participants", activity.pk)
    context = {
        "form": form,
        "activity": activity,
        "institution": institution,
        "institutions": institutions.order_by("slug"),
        "closed": closed,
        **rule_context(activity),
        "mine": quota_said(activity, institution),
        **PAGE,
    }
    return render(request, "programme/delegate.html", context)


def settled(activity: Activity, now: datetime) -> Activity:
    """As it stands now: what time alone has changed is done on reading."""
    if nomination.rule_of(activity) is not None and waiting.settle(activity=activity, now=now):
        activity.refresh_from_db()
        activity.place_rule.refresh_from_db()
    return activity


def colleagues(institution: Institution, activity: Activity, today: date) -> list[tuple[User, str]]:
    """Members of the institution today who are not in yet, each with what they do there."""
    held = Membership.objects.on(today).filter(institution=institution).select_related("person", "unit")
    there = set(activity.registrations.filter(status__in=registrations.IN).values_list("person", flat=True))
    labels: dict[int, tuple[User, list[str]]] = {}
    for membership in held.order_by("person__name", "pk"):
        if membership.person_id not in there and membership.person.is_active:
            where = membership.unit.name if membership.unit else membership.get_role_display()
            labels.setdefault(membership.person_id, (membership.person, []))[1].append(str(where))
    return [(one, f"{one.name} ({', '.join(dict.fromkeys(where))})") for one, where in labels.values()]


def rule_context(activity: Activity) -> dict[str, Any]:
    rule = nomination.rule_of(activity)
    return {"rule": rule, "rule_said": reasons.rule_in_words(activity) if rule else []}


def quota_said(activity: Activity, institution: Institution) -> str:
    """What is held for one's own institution."""
    quota = activity.quotas.filter(institution=institution, released_at=None).first()
    if quota is None:
        return ""
    return _("Your quota: %(left)s of %(places)s places are free, held until %(day)s.") % {
        "left": quota.places - quota.taken,
        "places": quota.places,
        "day": reasons.day(quota.held_until_on),
    }


def tell(request: HttpRequest, made: list[Registration]) -> None:
    with_place = sum(one.status in Registration.HOLDS_A_PLACE for one in made)
    in_line = sum(one.status == Status.WAITING for one in made)
    if with_place:
        messages.success(
            request,
            ngettext("%(number)s person has a place.", "%(number)s people have a place.", with_place)
            % {"number": with_place},
        )
    if in_line:
        messages.success(
            request,
            ngettext("%(number)s person is in line.", "%(number)s people are in line.", in_line)
            % {"number": in_line},
        )


@login_required
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Asking for a place oneself, where the rule allows it. Hundreds may do so in one minute: few queries."""
    now, today = timezone.now(), timezone.localdate()
    institutions = list(institutions_of(request.user, today).only(*NAMED))
    found = Activity.objects.select_related("place_rule").only(*ASKED_IN_A_RUSH).filter(pk=pk)
    activity = found.first() if institutions else None
    if activity is None:
        raise permissions.not_here()
    if request.method != "POST":
        settled(activity, now)
        there = activity.registrations.filter(person=request.user.pk, status__in=registrations.IN).first()
        if there is not None:
            return redirect("programme:registration", there.pk)
    closed = nomination.why_closed(activity, Registration.Way.APPLIED, now)
    form = ApplyForm(request.POST if request.method == "POST" else None, institutions=institutions)
    if request.method == "POST" and not closed and form.is_valid():
        made = registrations.register_person(
            activity=activity,
            person=person(request),
            institution=form.chosen(),
            way=Registration.Way.APPLIED,
            made_by=person(request),
            now=now,
            key=form.cleaned_data["key"],
            diet=form.cleaned_data["diet"],
            access=form.cleaned_data["access"],
        )
        return redirect("programme:registration", made.pk)
    context = {"form": form, "activity": activity, "closed": closed, **rule_context(activity), **PAGE}
    return render(request, "programme/apply.html", context)


@login_required
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of it and why, and what can be done now."""
    now, today = timezone.now(), timezone.localdate()
    found, may = nomination.find_registration(request.user, pk, today)
    settled(found.activity, now)
    found.refresh_from_db()
    needs = None
    # an activity without a rule of places has no day on which needs are erased: it does not ask
    rule = nomination.rule_of(found.activity)
    keeps_days = rule.keeps_needs_days if rule else None
    if may.is_own and found.status in registrations.IN and keeps_days is not None:
        needs = NeedsForm(request.POST if request.method == "POST" else None, instance=found)
        if request.method == "POST" and needs.is_valid():
            Registration.objects.filter(pk=found.pk).update(
                diet=needs.cleaned_data["diet"], access=needs.cleaned_data["access"]
            )
            messages.success(request, _("Saved."))
            return redirect("programme:registration", found.pk)
    until = nomination.may_change_until(found.activity)
    context = {
        "registration": found,
        "activity": found.activity,
        "days": said.days(found.activity),
        "sessions": found.activity.sessions.all(),
        "why": reasons.why(found, letters.position_of(found) if may.is_own else None),
        "until": until,
        "may": may,
        "may_cancel": found.status in registrations.IN and (may.runs or now < until),
        "may_answer": may.is_own and found.status == Status.OFFERED,
        "may_replace": may.delegates and found.status == Status.CONFIRMED and now < until,
        "form": needs,
        "keeps_days": keeps_days,
        **PAGE,
    }
    return render(request, "programme/registration.html", context)


@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first; the person and the institution until the stated hour, the organiser with a reason."""
    now, today = timezone.now(), timezone.localdate()
    found, may = nomination.find_registration(request.user, pk, today)
    own = may.is_own or may.delegates
    if own and not may.runs and now >= nomination.may_change_until(found.activity):
        raise PermissionDenied(_("Changes were possible until the stated hour. Write to the organiser."))
    form = None if own else CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = "by_person" if may.is_own else "by_institution"
        registrations.cancel(
            registration=found, reason=form.cleaned_data["reason"] if form else reason, now=now
        )
        messages.success(request, _("Cancelled. A place that became free goes to the next in line."))
        return redirect("programme:registration", found.pk)
    context = {"registration": found, "activity": found.activity, "form": form, "may": may, **PAGE}
    return render(request, "programme/cancel_registration.html", context)


@login_required
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """One delegate instead of another; the place stays with the institution."""
    now, today = timezone.now(), timezone.localdate()
    found, may = nomination.find_registration(request.user, pk, today)
    if not may.delegates or found.institution is None:
        raise PermissionDenied(_("Who delegates for the institution replaces its people."))
    if now >= nomination.may_change_until(found.activity):
        raise PermissionDenied(_("Changes were possible until the stated hour. Write to the organiser."))
    people = colleagues(found.institution, found.activity, today)
    form = ReplaceForm(
        request.POST if request.method == "POST" else None, people=people, language=found.institution.country
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.people.get(form.cleaned_data["colleague"])
        if chosen is None:
            new = form.new_people()[0]
            chosen = delegating.person_for(name=new.name, email=new.email, language=new.language)
        coming = registrations.replace(
            registration=found, person=chosen, made_by=person(request), now=now, key=form.cleaned_data["key"]
        )
        if coming is None:
            messages.error(request, _("This is not possible any more: look at what has changed."))
            return redirect("programme:registration", found.pk)
        messages.success(request, _("The place stays with your institution; both people get a letter."))
        return redirect("programme:registration", coming.pk)
    context = {"registration": found, "activity": found.activity, "form": form, **PAGE}
    return render(request, "programme/replace.html", context)


@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepting or declining the offered place on one's own page."""
    found, may = nomination.find_registration(request.user, pk, timezone.localdate())
    if request.method != "POST" or not may.is_own:
        return redirect("programme:registration", found.pk)
    answered(request, found, timezone.now())
    return redirect("programme:registration", found.pk)


def answered(request: HttpRequest, found: Registration, now: datetime) -> None:
    if "accept" in request.POST:
        done = registrations.accept(registration=found, now=now)
        told = _("The place is yours.")
    else:
        done = registrations.decline(registration=found, now=now)
        told = _("You declined; the place goes to the next in line.")
    if done:
        messages.success(request, told)
    else:
        messages.error(request, _("The offer has ended or was answered before."))
