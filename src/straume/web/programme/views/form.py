"""The page of a form in the programme: shown, or saved and back to where it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.programme.models import Activity

PAGE = {"nav": "activities", "subnav": "activities"}


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: str,
    back: str,
    save: Callable[[], Any],
    remove: Callable[[], bool] | None = None,
    activity: Activity | None = None,
    **more: Any,
) -> HttpResponse:
    """`save` runs once the form is right; `remove` says whether the thing could be taken out."""
    if request.method == "POST" and remove and "remove" in request.POST:
        if remove():
            messages.success(request, _("Removed."))
        else:
            messages.error(request, _("Something hangs on it, so it stays."))
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        saved = save()
        messages.success(request, _("Saved."))
        return redirect(saved if isinstance(saved, str) else back)
    context = {
        "form": form,
        "title": title,
        "back": back,
        "activity": activity,
        "removable": remove is not None,
        **PAGE,
        **more,
    }
    return render(request, "programme/form.html", context)


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that `login_required` let through."""
    assert isinstance(request.user, User)
    return request.user
