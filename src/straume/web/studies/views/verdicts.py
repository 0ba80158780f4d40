"""What people say about an assessment: a verdict on a question, a judgement of each step."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.studies import assessment_page, permissions
from straume.web.studies.actions import runs as actions
from straume.web.studies.forms.judge import JudgeForm
from straume.web.studies.forms.verdict import VerdictForm
from straume.web.studies.models import FindingRow
from straume.web.studies.views.reader import language, person, submitted_key


@login_required
def verdict(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Give a verdict on a question; earlier ones are listed as history."""
    today = timezone.localdate()
    study = permissions.find_inside(request.user, pk, today)
    finding = (
        FindingRow.objects.filter(run__study=study, key=key).select_related("run").order_by("-run_id").first()
    )
    if finding is None:
        raise permissions.not_here()
    may_give = permissions.may_give_verdicts(request.user, study, today)
    form = VerdictForm(request.POST or None, today=today, initial=asked(request))
    if request.method == "POST":
        permissions.require(may_give)
        if form.is_valid():
            actions.give_verdict(
                study=study,
                run=finding.run,
                finding_key=key,
                said=form.cleaned_data,
                key=submitted_key(request),
                by=person(request),
                now=timezone.now(),
            )
            messages.success(request, _("Your verdict is written down."))
            return redirect(f"{study.get_absolute_url()}#q-{key}")
    history = list(study.verdicts.filter(finding_key=key).select_related("given_by"))
    question = assessment_page.question(finding, language())
    if question is None:
        raise permissions.not_here()
    context = {
        "nav": "studies",
        "study": study,
        "question": question,
        "form": form,
        "key": uuid.uuid4(),
        "may_give": may_give,
        "history": history,
    }
    return render(request, "studies/verdict.html", context)


@login_required
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of each step whether it gives the client value, is necessary, or is not needed."""
    today = timezone.localdate()
    study = permissions.find_inside(request.user, pk, today)
    permissions.require(permissions.may_give_verdicts(request.user, study, today))
    run = study.standing_run()
    if run is None:
        return redirect(study)
    steps = assessment_page.judgeable_steps(run)
    form = JudgeForm(
        request.POST or None,
        steps=steps,
        standing=actions.standing_judgements(study),
        checks=actions.standing_checks(study),
        asks_for_checks=run.log_id is not None,
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        checks_changed = actions.judge_steps(study=study, said=form.said(), by=person(request), now=now)
        messages.success(request, _("The steps are judged as you said."))
        if checks_changed and run.log_id is not None:
            actions.assess_again(run=run, key=submitted_key(request), by=person(request), now=now)
            return redirect("studies:log", study.pk, run.log_id)
        return redirect(study)
    context = {"nav": "studies", "study": study, "form": form, "key": uuid.uuid4()}
    return render(request, "studies/judge.html", context)


def asked(request: HttpRequest) -> dict[str, str]:
    """A choice made on the assessment page comes along."""
    return {"choice": request.GET["choice"]} if "choice" in request.GET else {}
