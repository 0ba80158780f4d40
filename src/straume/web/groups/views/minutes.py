"""Minutes: written live by several people, their languages, published and taken back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from straume.web.groups import permissions
from straume.web.groups.actions import minutes as actions
from straume.web.groups.forms.meetings import LanguagesForm, ReasonForm
from straume.web.groups.forms.minutes import TextForm
from straume.web.groups.minutes_page import columns_of, languages_of, points_of
from straume.web.groups.models import Meeting, MinuteClash, MinuteText, TextLanguage
from straume.web.groups.rotation import turns_of
from straume.web.groups.views.groups import form_page
from straume.web.groups.views.reader import NAV, language, signed_in


@login_required
@require_GET
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which minutes are taken in the room: a text per point and language, saved as one types."""
    today = timezone.localdate()
    shown = permissions.find_meeting_to_write(request.user, pk, today)
    points = points_of(shown)
    asked = request.GET.get("language", "")
    context = {
        "meeting": shown,
        "group": shown.group,
        "turn": turns_of(shown.group).get(shown.pk),
        "points": points,
        "columns": columns_of(shown, points),
        "one": asked if asked in languages_of(shown) else "",
        "my_language": language(),
        "members": shown.group.members_on(today),
        "decisions": shown.decisions.order_by("number"),
        "actions": shown.actions.select_related("owner__person", "owner__institution", "end"),
        "new_key": uuid.uuid4,
        "today": today,
        "published": shown.standing_minutes(),
        "nav": NAV,
        "subnav": "groups",
    }
    return render(request, "groups/minutes_write.html", context)


@login_required
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """One text. To the page's script it answers in JSON; 409: somebody wrote there meanwhile."""
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    form = TextForm(request.POST, meeting=shown)
    if not form.is_valid():
        return JsonResponse({"error": _("This could not be saved. Copy your words and reload.")}, status=400)
    said = form.cleaned_data
    saved = actions.save_text(
        point=said["point"],
        language=said["language"],
        words=said["text"],
        state=said["state"],
        base=said["base"],
        key=said["key"],
        by=signed_in(request),
        now=timezone.now(),
    )
    if request.headers.get("Accept") != "application/json":
        if saved.clash:
            messages.error(request, _("Somebody wrote there meanwhile. Your words wait below the text."))
        return redirect(reverse("groups:minutes", args=[shown.pk]) + f"#point-{said['point'].pk}")
    return JsonResponse(answer(saved), status=409 if saved.clash else 200)


def answer(saved: actions.Saved) -> dict[str, Any]:
    said: dict[str, Any] = {"version": saved.text.version, "text": saved.text.text}
    if saved.clash:
        said["clash"] = {
            "words": saved.clash.words,
            "settle": reverse("groups:settle", args=[saved.text.point.meeting_id, saved.clash.pk]),
        }
    return said


@login_required
@require_GET
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """All texts with their versions: what the page asks every few seconds."""
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    texts = MinuteText.objects.filter(point__meeting=shown)
    rows = [
        {"point": text.point_id, "language": text.language, "version": text.version, "text": text.text}
        for text in texts
    ]
    return JsonResponse({"texts": rows})


@login_required
@require_POST
def settle(request: HttpRequest, pk: int, clash_pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    clash = MinuteClash.objects.filter(pk=clash_pk, text__point__meeting=shown).first()
    if clash is None:
        raise permissions.not_here()
    put_in = request.POST.get("do") == "put_in"
    actions.settle(clash, put_in=put_in, key=uuid.uuid4(), by=signed_in(request), now=timezone.now())
    messages.success(request, _("The words are in the text now.") if put_in else _("The words are left out."))
    return redirect(reverse("groups:minutes", args=[shown.pk]) + f"#point-{clash.text.point_id}")


@login_required
def languages(request: HttpRequest, pk: int) -> HttpResponse:
    """In which languages these minutes are kept; what is left out is said on every page and sheet."""
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    form = LanguagesForm(request.POST or None, initial={"languages": languages_of(shown)})
    if request.method == "POST" and form.is_valid():
        left_out = [code for code in TextLanguage.values if code not in form.cleaned_data["languages"]]
        Meeting.objects.filter(pk=shown.pk).update(left_out=left_out)
        messages.success(request, _("Saved. Words already written in a language are kept."))
        return redirect("groups:minutes", shown.pk)
    return form_page(request, form, _("Languages of the minutes"), shown.group, meeting=shown)


@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    points = points_of(shown)
    waiting = MinuteClash.objects.filter(text__point__meeting=shown, settled_at__isnull=True).exists()
    too_early = shown.starts_at > timezone.now()
    cancelled = shown.status == Meeting.Status.CANCELLED
    nothing = not any(point.has_words for point in points)
    if request.method == "POST" and not (waiting or too_early or nothing or cancelled):
        actions.publish(shown, by=signed_in(request), now=timezone.now())
        messages.success(request, _("The minutes are published: everybody with a role reads them."))
        return redirect(shown)
    context = {
        "meeting": shown,
        "group": shown.group,
        "columns": columns_of(shown, points),
        "waiting": waiting,
        "too_early": too_early,
        "cancelled": cancelled,
        "nothing": nothing,
        "nav": NAV,
        "subnav": "groups",
    }
    return render(request, "groups/minutes_publish.html", context)


@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    shown = permissions.find_meeting_to_write(request.user, pk, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.take_back(shown, reason=reason, by=signed_in(request), now=timezone.now())
        messages.success(request, _("The minutes are a draft again."))
        return redirect(shown)
    return form_page(request, form, _("Take the minutes back"), shown.group, meeting=shown)
