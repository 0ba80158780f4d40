"""Certificates of an activity or a cycle: the rule, who qualifies, issuing, issuing again, taking back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.web.accounts.models import User
from straume.web.places.permissions import not_here
from straume.web.programme import attendance_permissions as permissions
from straume.web.programme import qualifying
from straume.web.programme.actions import certificates as actions
from straume.web.programme.forms.certificates import AgainForm, RevokeForm, RuleForm
from straume.web.programme.models import Activity, Certificate, CertificateRule, Cycle
from straume.web.programme.permissions import find_cycle, require_running
from straume.web.programme.reader import person

NAV = {"nav": "activities"}


@login_required
def of_activity(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, permissions.find_to_run(request.user, pk, timezone.localdate()))


@login_required
def of_cycle(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, find_cycle_to_run(request, pk))


def find_cycle_to_run(request: HttpRequest, pk: int) -> Cycle:
    today = timezone.localdate()
    cycle = find_cycle(request.user, pk, today)
    require_running(request.user, today)
    return cycle


def page(request: HttpRequest, subject: Activity | Cycle) -> HttpResponse:
    """The rule in a sentence, who qualifies by it, and what was issued; people are ticked first."""
    rule = CertificateRule.objects.filter(**of(subject)).select_related("issued_by").first()
    if rule is None:
        return redirect(address(subject, "rule"))
    if request.method == "POST":
        issued(request, rule)
        return redirect(address(subject))
    sessions = qualifying.sessions_of(rule)
    context = NAV | {
        "subject": subject,
        "rule": rule,
        "rule_url": address(subject, "rule"),
        "sessions": sessions,
        "not_over": any(session.ends_at > timezone.now() for session in sessions),
        "candidates": (found := qualifying.candidates(rule)),
        "any_left": any(one.qualifies and one.certificate is None for one in found),
        "certificates": rule.certificates.select_related("person", "revocation", "replaced_by"),
    }
    return render(request, "programme/certificates/issue.html", context)


def issued(request: HttpRequest, rule: CertificateRule) -> None:
    chosen = User.objects.filter(pk__in=[pk for pk in request.POST.getlist("person") if pk.isdigit()])
    made = actions.issue(
        rule=rule,
        people=list(chosen),
        by=person(request),
        today=timezone.localdate(),
        page_url=request.build_absolute_uri(reverse("programme:my_certificates")),
    )
    said = ngettext("%(count)s certificate is issued.", "%(count)s certificates are issued.", len(made))
    messages.success(request, said % {"count": len(made)})


@login_required
def rule_of_activity(request: HttpRequest, pk: int) -> HttpResponse:
    return rule(request, permissions.find_to_run(request.user, pk, timezone.localdate()))


@login_required
def rule_of_cycle(request: HttpRequest, pk: int) -> HttpResponse:
    return rule(request, find_cycle_to_run(request, pk))


def rule(request: HttpRequest, subject: Activity | Cycle) -> HttpResponse:
    """Write the rule down, or change it; certificates that were issued keep what they say."""
    standing = CertificateRule.objects.filter(**of(subject)).first()
    form = RuleForm(request.POST or None, instance=standing or CertificateRule(**of(subject)))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(address(subject))
    context = NAV | {"subject": subject, "form": form, "is_new": standing is None}
    context["back"] = subject.get_absolute_url() if standing is None else address(subject)
    return render(request, "programme/certificates/rule.html", context)


@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = find_certificate(request, pk)
    form = AgainForm(
        request.POST or None, initial={"name": certificate.name, "language": certificate.language}
    )
    if request.method == "POST" and form.is_valid():
        actions.issue_again(
            certificate=certificate, by=person(request), today=timezone.localdate(), **form.cleaned_data
        )
        messages.success(request, _("Issued again. The earlier one says that it was replaced."))
        return redirect(address(certificate.rule.subject))
    context = NAV | {"certificate": certificate, "form": form, "back": address(certificate.rule.subject)}
    return render(request, "programme/certificates/again.html", context)


@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = find_certificate(request, pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.revoke(certificate=certificate, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The certificate is taken back. Its public page says so."))
        return redirect(address(certificate.rule.subject))
    context = NAV | {"certificate": certificate, "form": form, "back": address(certificate.rule.subject)}
    return render(request, "programme/certificates/revoke.html", context)


def find_certificate(request: HttpRequest, pk: int) -> Certificate:
    """One that stands, for those who run the programme."""
    require_running(request.user, timezone.localdate())
    found = Certificate.objects.select_related("rule").filter(pk=pk, stands=True).first()
    if found is None:
        raise not_here()
    return found


def of(subject: Activity | Cycle) -> dict[str, int]:
    return {"activity_id": subject.pk} if isinstance(subject, Activity) else {"cycle_id": subject.pk}


def address(subject: Activity | Cycle, what: str = "certificates") -> str:
    kind = "activity" if isinstance(subject, Activity) else "cycle"
    return reverse(f"programme:{kind}_{what}", args=[subject.pk])
