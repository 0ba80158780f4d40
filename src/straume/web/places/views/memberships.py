"""People of an institution: add by e-mail, end, hand over."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.places import actions, permissions
from straume.web.places.forms.memberships import AddForm, EndForm, HandOverForm
from straume.web.places.lists import FORMS, as_file, asked_of
from straume.web.places.models import Institution, Membership
from straume.web.places.people_list import COLUMNS, people_rows, people_table

ENDED_SHOWN = 50  # the files have all


@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    institution = runs(request, slug)
    asked = asked_of(request, COLUMNS)
    held = Membership.objects.filter(institution=institution).select_related("person", "unit")
    if asked.form in FORMS:
        table = people_table(people_rows(held, asked), today)
        name = f"people-{institution.slug}"
        return as_file(table, asked.form, name=name, title=_("People and roles"), today=today)
    latest_ended = held.filter(until_on__lt=today).order_by("-until_on")
    context = {
        "institution": institution,
        "current": people_rows(held.on(today), asked),
        "coming": people_rows(held.filter(from_on__gt=today), asked),
        "ended": people_rows(latest_ended, asked)[:ENDED_SHOWN],
        **asked.context(COLUMNS),
        "handovers": institution.handovers.select_related("from_person", "to_person")[:20],
        "nav": "units",
    }
    return render(request, "places/people.html", context)


@login_required
def add(request: HttpRequest, slug: str) -> HttpResponse:
    institution = runs(request, slug)
    today = timezone.localdate()
    form = AddForm(request.POST or None, institution=institution, initial={"from_on": today})
    if request.method == "POST" and form.is_valid():
        membership = actions.add_member(
            institution=institution,
            granted_by=cast(User, request.user),
            sign_in_url=request.build_absolute_uri("/sign-in/"),
            **form.cleaned_data,
        )
        words = {"name": membership.person.name, "role": membership.get_role_display()}
        messages.success(request, _("%(name)s is added as %(role)s; a letter is on its way.") % words)
        return redirect("people", slug=institution.slug)
    context = {"form": form, "title": _("Add a person"), "institution": institution, "submit": _("Add")}
    return render(request, "places/people_form.html", context)


@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    membership = found(request, pk)
    form = EndForm(request.POST or None, membership=membership, initial={"until_on": timezone.localdate()})
    if request.method == "POST" and ended(membership, form):
        messages.success(request, _("The role ends on the day you set."))
        return redirect("people", slug=membership.institution.slug)
    context = {
        "form": form,
        "title": _("End the role of %(name)s") % {"name": membership.person.name},
        "lead": membership,
        "institution": membership.institution,
        "submit": _("End the role"),
    }
    return render(request, "places/people_form.html", context)


def ended(membership: Membership, form: EndForm) -> bool:
    """One at a time in an institution: two administrators who end each other's role leave one of them."""
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=membership.institution_id)
        if form.is_valid():
            membership.until_on = form.cleaned_data["until_on"]
            membership.save(update_fields=["until_on"])
    return form.is_valid()


@login_required
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the person owned in this institution goes to a colleague, in one go."""
    membership = found(request, pk)
    institution, person = membership.institution, membership.person
    owned = actions.belongings_of(person, institution)
    today = timezone.localdate()
    form = HandOverForm(request.POST or None, institution=institution, leaver=person, today=today)
    if request.method == "POST" and form.is_valid():
        actions.hand_over(
            institution=institution,
            from_person=person,
            to_person=form.cleaned_data["to_person"],
            done_by=cast(User, request.user),
            now=timezone.now(),
        )
        messages.success(request, _("Handed over."))
        return redirect("people", slug=institution.slug)
    context = {
        "form": form,
        "title": _("Hand over what belongs to %(name)s") % {"name": person.name},
        "owned": owned,
        "institution": institution,
        "submit": _("Hand over"),
    }
    return render(request, "places/people_form.html", context)


def runs(request: HttpRequest, slug: str) -> Institution:
    today = timezone.localdate()
    institution = permissions.find_institution(request.user, slug, today)
    return permissions.may_run_memberships(request.user, institution, today)


def found(request: HttpRequest, pk: int) -> Membership:
    """The membership, if the person runs memberships where it holds."""
    membership = Membership.objects.select_related("institution", "person", "unit").filter(pk=pk).first()
    if membership is None:
        raise permissions.not_here()
    permissions.may_run_memberships(request.user, membership.institution, timezone.localdate())
    return membership
