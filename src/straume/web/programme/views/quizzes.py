"""Tests before and after: written by who holds the training, answered without a name."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from straume.lean.protect import is_small
from straume.web.places.permissions import not_here
from straume.web.programme import evaluation_permissions as permissions
from straume.web.programme.actions import quizzes as actions
from straume.web.programme.evaluation_analysis import score
from straume.web.programme.evaluation_figures import right_answers
from straume.web.programme.forms.quizzes import QuestionForm, QuizForm, questions_of
from straume.web.programme.models import Activity, Quiz, QuizQuestion, QuizRound
from straume.web.programme.tickets import qr_svg
from straume.web.programme.views.evaluation import PAGE

FORM = "programme/evaluation/form.html"


@login_required
@require_GET
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions with their right answers, the rounds with their codes for the wall."""
    activity = found_activity(request, pk)
    shown = Quiz.objects.filter(activity=activity).first()
    rounds = {one.moment: one for one in shown.rounds.all()} if shown else {}
    context = PAGE | {
        "activity": activity,
        "quiz": shown,
        "questions": questions_of(shown) if shown else [],
        "is_frozen": bool(rounds),
        "rounds": [round_row(request, one) for one in rounds.values()],
        "may_ask_before": bool(shown) and not rounds,
        "may_ask_after": QuizRound.Moment.BEFORE in rounds and QuizRound.Moment.AFTER not in rounds,
    }
    return render(request, "programme/evaluation/quiz.html", context)


def round_row(request: HttpRequest, one: QuizRound) -> dict[str, object]:
    address = request.build_absolute_uri(reverse("programme:quiz_answer", args=[one.token]))
    n = one.sheets.count()
    said = ngettext("%(count)s sheet", "%(count)s sheets", n) % {"count": n}
    return {
        "round": one,
        "address": address,
        "code": mark_safe(qr_svg(address, scale=3)),  # noqa: S308 – drawn by segno from our own address
        "count": _("fewer than five sheets") if is_small(n) else said,
    }


@login_required
def question(request: HttpRequest, pk: int, question_pk: int | None = None) -> HttpResponse:
    """Write a question, or write one anew; remove it with the button below."""
    activity = found_activity(request, pk)
    shown = None
    if question_pk is not None:
        shown = QuizQuestion.objects.filter(quiz__activity=activity, pk=question_pk).first()
        if shown is None:
            raise not_here()
    form = QuestionForm(request.POST or None, question=shown)
    try:
        if request.method == "POST" and shown is not None and "remove" in request.POST:
            actions.remove_question(question=shown)
            messages.success(request, _("Removed."))
            return redirect("programme:quiz", pk)
        if request.method == "POST" and form.is_valid():
            written_for = actions.quiz_of(activity=activity, now=timezone.now())
            actions.write_question(quiz=written_for, written=form.written(), question=shown)
            messages.success(request, _("Saved."))
            return redirect("programme:quiz", pk)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("programme:quiz", pk)
    title = _("Change the question") if shown else _("Add a question")
    context = PAGE | {
        "activity": activity,
        "form": form,
        "title": title,
        "submit": _("Save"),
        "removable": shown,
    }
    return render(request, FORM, context)


@login_required
def ask(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    """Open the test before or after."""
    activity = found_activity(request, pk)
    shown = found_quiz(activity)
    if moment not in QuizRound.Moment.values:
        raise not_here()
    if request.method == "POST":
        try:
            actions.open_round(quiz=shown, moment=moment, now=timezone.now())
        except actions.Refused as refused:
            messages.error(request, str(refused))
        return redirect("programme:quiz", pk)
    before = moment == QuizRound.Moment.BEFORE
    context = PAGE | {
        "activity": activity,
        "title": _("Ask before the training?") if before else _("Ask after the training?"),
        "submit": _("Open the test"),
        "lead": _("From now on the questions cannot be changed: before and after must be the same.")
        if before
        else _("This closes the test before the training."),
    }
    return render(request, "programme/evaluation/confirm.html", context)


@login_required
def close(request: HttpRequest, pk: int, moment: str) -> HttpResponse:
    activity = found_activity(request, pk)
    opened = QuizRound.objects.filter(quiz__activity=activity, moment=moment, closed_at=None).first()
    if opened is None:
        raise not_here()
    if request.method == "POST":
        actions.close_round(opened=opened, now=timezone.now())
        messages.success(request, _("The test is closed."))
        return redirect("programme:quiz", pk)
    lead = _("It cannot be opened again. Figures are shown when before and after are closed.")
    context = PAGE | {"activity": activity, "title": _("Close the test?"), "submit": _("Close the test")}
    return render(request, "programme/evaluation/confirm.html", context | {"lead": lead})


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The test on a phone. The own result is shown once, on the page that follows, and kept nowhere."""
    opened = QuizRound.objects.select_related("quiz__activity").filter(token=token).first()
    if opened is None:
        raise Http404(_("There is nothing at this address. Please look at the link once more."))
    activity = opened.quiz.activity
    if opened.closed_at:
        return render(request, "programme/evaluation/closed.html", {"activity": activity})
    form = QuizForm(request.POST or None, opened=opened)
    if request.method == "POST" and form.is_valid():
        said, answers = form.cleaned_data, form.answers()
        try:
            actions.take_sheet(token=token, key=said["key"], code=said["code"], answers=answers)
        except actions.Refused as refused:
            form.add_error("code", str(refused))
        else:
            right = right_answers(opened.quiz_id)
            hits = round(score(answers=answers, right=right) * len(right))
            context = {
                "activity": activity,
                "hits": hits,
                "of": len(right),
                "opened": opened,
                "code": said["code"],
            }
            return render(request, "programme/evaluation/own_result.html", context)
    context = {"activity": activity, "opened": opened, "form": form}
    return render(request, "programme/evaluation/test.html", context)


def found_activity(request: HttpRequest, pk: int) -> Activity:
    return permissions.find_activity_to_test(request.user, pk, timezone.localdate())


def found_quiz(activity: Activity) -> Quiz:
    shown = Quiz.objects.filter(activity=activity).first()
    if shown is None:
        raise not_here()
    return shown
