"""The results of a wave, of one question, of one group; and two waves beside each other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from straume.web.needs import (
    analysis,
    family,
    permissions,
    results_change,
    results_groups,
    results_needs,
    results_page,
)
from straume.web.needs.actions.records import made_from
from straume.web.needs.analysis import Read
from straume.web.needs.models import Wave
from straume.web.needs.results_files import FILES, result_file
from straume.web.places.permissions import Person, not_here
from straume.web.reports import pictures
from straume.words.catalog import known

NAV, SUBNAV = "activities", "surveys"


@login_required
def results(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    wave = permissions.find_wave(request.user, pk, today)
    context = frame(request.user, wave, "results")
    if wave.source == Wave.Source.IMPORTED:
        return render(request, "needs/results/elsewhere.html", {**context, **imported(wave)})
    data = analysis.read(wave)
    if data.n < results_page.FEWEST:
        return render(request, "needs/results/empty.html", context)
    if (form := request.GET.get("format", "")) in FILES:
        return result_file(data, form=form, lang=language(), today=today)
    found = analysis.figures(data)
    context |= {
        "about": results_page.about(data, language()),
        "how": results_page.how_weighted(data, language()),
        "kinds": kinds_of(data),
        "questions": results_page.questions_shown(found, language()),
        "groups": groups_to_choose(data),
    }
    return render(request, "needs/results/results.html", context)


@login_required
def group_needs(request: HttpRequest, pk: int) -> HttpResponse:
    """The needs of one country, municipality, kind of unit or role: one group at a time."""
    today = timezone.localdate()
    wave = permissions.find_wave(request.user, pk, today)
    data = analysis.read(wave)
    choices = groups_to_choose(data)
    asked = request.GET.get("group", "")
    group = next((one for one in data.groups if one.code == asked), None)
    if group is None or asked not in {code for _label, part in choices for code, _said in part}:
        raise not_here()
    found = analysis.ranked_in(data, group)
    context = frame(request.user, wave, "results") | {
        "group": group,
        "groups": choices,
        "kinds": [kind_shown(kind, ranked) for kind, ranked in found.items() if ranked],
    }
    return render(request, "needs/results/group.html", context)


@login_required
def result(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """One question: everybody, and by country, municipality, kind of unit, role."""
    today = timezone.localdate()
    wave = permissions.find_wave(request.user, pk, today)
    data = analysis.read(wave)
    question = data.question(item)
    if question is None:
        raise not_here()
    figure = analysis.figure(data, question)
    split = None if figure.few else analysis.breakdown(data, question)
    if split is not None and (form := request.GET.get("format", "")) in ("csv", "xlsx"):
        return result_file(data, form=form, lang=language(), today=today, split=split)
    context = frame(request.user, wave, "results") | {
        "question": question,
        "shown": results_page.questions_shown([figure], language())[0],
        "parts": results_groups.parts_shown(split, language()) if split else [],
        "columns": split.columns if split else (),
        "choices_to_name": [
            (choice.name, choice.label)
            for choice in figure.choices
            if choice.share and question.item.type in ("one", "many") and not question.is_scale
        ],
        "about": results_page.about(data, language()),
    }
    return render(request, "needs/results/question.html", context)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A follow-up against its baseline."""
    today = timezone.localdate()
    wave = permissions.find_wave(request.user, pk, today)
    before, after = pair_of(wave)
    context = frame(request.user, wave, "change") | {"before": before, "after": after}
    if before is not None and after is not None:
        was, now = analysis.read(before), analysis.read(after)
        if min(was.n, now.n) >= results_page.FEWEST:
            context |= results_change.changes_shown(was, now, language())
    return render(request, "needs/results/change.html", context)


def frame(person: Person, wave: Wave, tab: str) -> dict[str, Any]:
    before, after = pair_of(wave)
    return {
        "wave": wave,
        "tab": tab,
        "runs": permissions.runs_surveys(person, timezone.localdate()),
        "compares": before is not None and after is not None,
        "nav": NAV,
        "subnav": SUBNAV,
    }


def pair_of(wave: Wave) -> tuple[Wave | None, Wave | None]:
    """Baseline and follow-up, of whichever of the two one comes from."""
    if wave.follows_id:
        return wave.follows, wave
    return wave, wave.followed_by.filter(source=Wave.Source.ASKED_HERE).order_by("opens_on").last()


def kinds_of(data: Read) -> list[dict[str, Any]]:
    ranked = analysis.ranked(data)
    keys = {(one.about.item.name, one.about.row): one.about.key for found in ranked.values() for one in found}
    made = {
        keys[place]: family.kept_of(need).get_absolute_url()
        for place, need in made_from(data.wave, list(keys)).items()
    }
    return [kind_shown(kind, found, made) for kind, found in ranked.items() if found]


def kind_shown(kind: str, found: Any, made: Any = None) -> dict[str, Any]:
    lang = language()
    return {
        "code": kind,
        "title": results_needs.title_of(kind),
        "columns": results_needs.columns(found, lang),
        "lines": results_needs.need_lines(found, lang, made),
        "picture": results_needs.need_picture(found, kind, lang, pictures.page(f"n{kind}")),
    }


def groups_to_choose(data: Read) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a reader may look at alone: groups that are shown, by dimension."""
    titles = {
        "country": _("Country"),
        "place": _("Municipality"),
        "unit": _("Kind of unit"),
        "role": pgettext("who answered", "Role"),
    }
    shown = analysis.shown_sheets(data)
    parts = []
    for dimension, title in titles.items():
        inside = [
            (group.code, group.label)
            for group in data.groups
            if group.dimension == dimension and shown[group.code] and not group.code.endswith(":none")
        ]
        if inside:
            parts.append((str(title), inside))
    return parts


def imported(wave: Wave) -> dict[str, Any]:
    from straume.web.needs.imported_page import shown

    return shown(wave, language())


def language() -> str:
    return known(get_language() or "")
