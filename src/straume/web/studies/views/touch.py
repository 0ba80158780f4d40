"""Saying how long the work of each step takes, so that a log without starts can tell why it waits."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from straume.web.studies import assessment_page, permissions
from straume.web.studies.actions import touch as actions
from straume.web.studies.actions.runs import assess_again
from straume.web.studies.forms.touch import TouchForm
from straume.web.studies.views.reader import language, person, submitted_key
from straume.words import waiting as words


@login_required
def touch(request: HttpRequest, pk: int) -> HttpResponse:
    """One field for each step; what is new is assessed at once."""
    study = permissions.find_to_work_on(request.user, pk, timezone.localdate())
    run, lang = study.standing_run(), language()
    if run is None or run.log_id is None:
        return redirect(study)
    form = TouchForm(
        request.POST or None,
        steps=assessment_page.judgeable_steps(run),
        standing=actions.standing_touch_times(study),
        lang=lang,
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        changed = actions.say_touch_times(study=study, said=form.said(), by=person(request), now=now)
        messages.success(request, words.touch("saved", lang))
        if not changed:
            return redirect(study)
        assess_again(run=run, key=submitted_key(request), by=person(request), now=now)
        return redirect("studies:log", study.pk, run.log_id)
    context = {
        "nav": "studies",
        "study": study,
        "form": form,
        "key": uuid.uuid4(),
        "here": words.touch("title", lang),
        "text": words.touch("text", lang),
        "examples": words.touch("examples", lang),
    }
    return render(request, "studies/touch.html", context)
