"""Answering a survey: no sign-in, no session, and the code stands in no address that a server writes down.

A letter leads to /needs/answer/#CODE; what follows # never leaves the browser, the page's script puts it into
the form. Everything after that is sent as the body of a form.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from straume.web.accounts.limits import asked_too_often, count_one
from straume.web.accounts.views import set_language_cookie
from straume.web.needs import codes, sealing
from straume.web.needs.actions import answering
from straume.web.needs.actions.letters import stop_letters
from straume.web.needs.answering_state import Filling, opened
from straume.web.needs.models import Wave

WRONG_CODES, OPEN_SHEETS, WINDOW = 40, 200, 3600


@never_cache
@sensitive_post_parameters()
@sensitive_variables("code")
def answer(request: HttpRequest) -> HttpResponse:
    """Asks for the code of the letter; with it, shows the questions."""
    if request.method != "POST":
        return render(request, "needs/answer/code.html", {})
    code = codes.plain(request.POST.get("code", ""))
    filling = (
        opened(code)
        if code and not asked_too_often(request, what="wrong-code", at_most=WRONG_CODES)
        else None
    )
    if filling is None:
        count_one(request, what="wrong-code", seconds=WINDOW)
        said = _("This code is not known. Copy it from the letter once more, all 20 letters and figures.")
        return render(
            request, "needs/answer/code.html", {"error": said, "typed": request.POST.get("code", "")}
        )
    return _in_their_language(request, filling)


@never_cache
def open_link(request: HttpRequest, code: str) -> HttpResponse:
    """The way in for everybody who has the link."""
    wave = Wave.objects.select_related("version").filter(link_code=code).exclude(link_code="").first()
    if wave is None:
        return render(request, "needs/answer/none.html", {}, status=404)
    return _in_their_language(request, Filling(wave=wave, form_key=str(uuid.uuid4())))


@never_cache
@require_POST
@sensitive_post_parameters()
@sensitive_variables("code")
def fill(request: HttpRequest) -> HttpResponse:
    """One step: on, back, another language, keep for later, or hand in."""
    code = codes.plain(request.POST.get("code", ""))
    filling = _begun(request, code)
    if filling is None:
        return redirect("needs:answer")
    filling.read(request.POST)
    go = request.POST.get("go", "next")
    if go.startswith("lang-"):
        return _in_language(request, filling, go.removeprefix("lang-"))
    if refusal := _refusal(request, filling):
        return refusal
    if filling.errors and go in ("save", "back"):
        return _shown(request, filling)  # what cannot be read would be lost
    if go == "save":
        return _kept(request, filling)
    if go == "back":
        filling.go(-1)
        return _shown(request, filling)
    if filling.find_problems(everything=False):
        return _shown(request, filling)
    if filling.go(1):
        if filling.invitation:
            answering.save_draft(code=code, half=filling.half())
        return _shown(request, filling)
    if filling.find_problems(everything=True):
        return _shown(request, filling)
    return _handed_in(request, filling)


@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "needs/answer/thanks.html", {})


@never_cache
@require_POST
@sensitive_post_parameters()
def no_letters(request: HttpRequest) -> HttpResponse:
    """Whoever was invited wants no further letters about surveys."""
    invitation = answering.find_invitation(codes.plain(request.POST.get("code", "")))
    if invitation is None:
        return redirect("needs:answer")
    stop_letters(invitation)
    return render(request, "needs/answer/no_letters.html", {})


def _begun(request: HttpRequest, code: str) -> Filling | None:
    """Where somebody stands: by their letter's code, or with an open form."""
    link = request.POST.get("link", "")
    if link:
        wave = Wave.objects.select_related("version").filter(link_code=link).first()
        key = request.POST.get("key", "")
        return Filling(wave=wave, form_key=key, code=code) if wave and key else None
    return opened(code, draft=False) if code else None


def _in_their_language(request: HttpRequest, filling: Filling) -> HttpResponse:
    """At first in the language of the letter, unless the device has chosen one."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if not chosen and filling.invitation:
        activate(filling.invitation.language)
        request.LANGUAGE_CODE = filling.invitation.language
    response = _refusal(request, filling) or _shown(request, filling)
    if not chosen and filling.invitation:
        set_language_cookie(response, filling.invitation.language)
    return response


def _in_language(request: HttpRequest, filling: Filling, language: str) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        language = get_language() or "en"
    activate(language)
    request.LANGUAGE_CODE = language
    response = _shown(request, filling)
    set_language_cookie(response, language)
    return response


def _refusal(request: HttpRequest, filling: Filling) -> HttpResponse | None:
    """The page that says kindly why no answer can be taken."""
    today = timezone.localdate()
    if filling.invitation and filling.invitation.has_answered:
        return _refused(request, filling, "answered", today)
    if not filling.wave.is_open(today):
        return _refused(request, filling, "early" if today < filling.wave.opens_on else "over", today)
    return None


def _refused(request: HttpRequest, filling: Filling, why: str, today: date) -> HttpResponse:
    context = {"why": why, "wave": filling.wave, "today": today}
    return render(request, "needs/answer/refused.html", context)


def _shown(request: HttpRequest, filling: Filling) -> HttpResponse:
    return render(request, "needs/answer/page.html", filling.context())


def _kept(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Half of it is kept; an open form gets a code of its own for that."""
    code = filling.code or codes.new_code()
    answering.save_draft(code=code, half=filling.half())
    context = {
        "wave": filling.wave,
        "code": codes.in_groups(code),
        "is_new": not filling.invitation,
        "address": request.build_absolute_uri(f"{reverse('needs:answer')}#{code}"),
    }
    return render(request, "needs/answer/kept.html", context)


@sensitive_variables()
def _handed_in(request: HttpRequest, filling: Filling) -> HttpResponse:
    today = timezone.localdate()
    sheet = filling.sheet()
    try:
        if filling.invitation:
            answering.hand_in_invited(
                invitation=filling.invitation, sheet=sheet, code=filling.code, today=today
            )
        elif asked_too_often(request, what="open-sheet", at_most=OPEN_SHEETS):
            return render(request, "needs/answer/busy.html", {}, status=429)
        else:
            answering.hand_in_open(
                wave=filling.wave, sheet=sheet, form_key=filling.form_key, code=filling.code, today=today
            )
            count_one(request, what="open-sheet", seconds=WINDOW)
    except answering.AlreadyAnswered:
        return _refused(request, filling, "answered", today)
    except answering.NotOpen:
        return _refused(request, filling, "over", today)
    except sealing.KeyLost:
        return render(request, "needs/answer/busy.html", {"key_lost": True}, status=503)
    return redirect("needs:thanks")
