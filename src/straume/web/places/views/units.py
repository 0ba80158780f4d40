"""A unit's page, the coverage of all units, and the writing of the unit tree and its posts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from straume.web.places import permissions
from straume.web.places.coverage import COLUMNS, WHICH, coverage_rows, coverage_table, sorted_rows
from straume.web.places.forms.units import PostForm, UnitForm
from straume.web.places.lists import FORMS, as_file
from straume.web.places.models import Post, Unit
from straume.web.places.registry import unit_sections

PER_PAGE = 50


@login_required
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_unit(request.user, pk, today)
    roles = permissions.roles_in(request.user, shown.institution, today)
    context = {
        "unit": shown,
        "above": list(shown.ancestors())[::-1],
        "parts": shown.parts.order_by("name"),
        "evaluated": coverage_rows([shown], today)[0],
        "sections": [made for make in unit_sections if (made := make(shown, request.user, today))],
        "posts": shown.posts.all(),
        "sees_rates": bool(roles & permissions.SEES_RATES),
        "runs_units": bool(roles & permissions.RUNS_UNITS),
        "nav": "units",
    }
    return render(request, "places/unit.html", context)


@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """All units that one may see: what has been evaluated in each, and when."""
    today = timezone.localdate()
    units = Unit.objects.filter(
        institution__in=permissions.visible_institutions(request.user, today)
    ).select_related("institution")
    wanted = request.GET.get("q", "").strip()
    sort = request.GET.get("sort", "institution")
    which = request.GET.get("which", "all")
    rows = [row for row in coverage_rows(units, today) if row.holds(wanted) and row.is_among(which)]
    rows = sorted_rows(rows, sort)
    if (form := request.GET.get("format")) in FORMS:
        return as_file(coverage_table(rows), form, name="units", title=_("Units"), today=today)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "which": which,
        "choices": WHICH,
        "kept": urlencode({"q": wanted, "which": which}),
        "columns": COLUMNS,
        "sort": sort.removeprefix("-"),
        "descending": sort.startswith("-"),
        "q": wanted,
        "evaluated": sum(1 for row in rows if row.studies),
        "nav": "units",
    }
    return render(request, "places/coverage.html", context)


@login_required
def add_unit(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    institution = permissions.find_institution(request.user, slug, today)
    permissions.may_run_units(request.user, institution, today)
    form = UnitForm(request.POST or None, instance=Unit(institution=institution))
    if request.method == "POST" and form.is_valid():
        added = form.save()
        messages.success(request, _("The unit is in the tree."))
        return redirect(added)
    title = _("Add a unit")
    return render(
        request, "places/unit_form.html", {"form": form, "title": title, "institution": institution}
    )


@login_required
def change_unit(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_unit(request.user, pk, today)
    permissions.may_run_units(request.user, shown.institution, today)
    form = UnitForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(shown)
    context = {"form": form, "title": _("Change the unit"), "institution": shown.institution, "unit": shown}
    return render(request, "places/unit_form.html", context)


@login_required
def add_post(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    shown = permissions.find_unit(request.user, pk, today)
    permissions.may_run_units(request.user, shown.institution, today)
    return post_page(request, Post(unit=shown), _("Add a post"))


@login_required
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    post = Post.objects.select_related("unit__institution").filter(pk=pk).first()
    if post is None:
        raise permissions.not_here()
    permissions.may_run_units(request.user, post.unit.institution, today)
    return post_page(request, post, _("Change the post"))


def post_page(request: HttpRequest, post: Post, title: str) -> HttpResponse:
    if request.method == "POST" and "remove" in request.POST and post.pk:
        post.delete()
        messages.success(request, _("The post is removed."))
        return redirect(post.unit)
    form = PostForm(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(post.unit)
    context = {"form": form, "title": title, "unit": post.unit, "institution": post.unit.institution}
    return render(request, "places/unit_form.html", context | {"removable": bool(post.pk)})
