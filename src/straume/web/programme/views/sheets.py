"""Signature sheets of a session: printing one, attaching what came back signed, handing scans out again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.places.permissions import not_here
from straume.web.programme import attendance_permissions as permissions
from straume.web.programme import evidence, sheet_pdf
from straume.web.programme.actions import sheets as actions
from straume.web.programme.forms.sheets import ElsewhereForm, LogoForm, ScanForm
from straume.web.programme.models import ProjectLogo, ScanFile, Session, SheetPage, SignatureSheet
from straume.web.programme.reader import person, submitted_key

NAV = {"nav": "activities"}
LANGUAGES = [("lv", "Latviešu"), ("lt", "Lietuvių"), ("en", "English")]


@login_required
def session_sheets(request: HttpRequest, pk: int, session_pk: int) -> HttpResponse:
    """The sheets of a session and their signed pages; those who run the programme add to them."""
    today = timezone.localdate()
    activity = permissions.find_to_see_who_came(request.user, pk, today)
    session = permissions.find_session(activity, session_pk)
    wish = request.POST.get("wish", "")
    scan = ScanForm(
        request.POST if wish == "attach" else None,
        request.FILES if wish == "attach" else None,
        sheets=session.sheets.all(),
    )
    elsewhere = ElsewhereForm(request.POST if wish == "elsewhere" else None, prefix="elsewhere")
    if request.method == "POST":
        permissions.find_to_run(request.user, pk, today)
        said = _done(request, wish, session, scan, elsewhere)
        if said:
            messages.success(request, said)
            return redirect("programme:sheets", pk, session_pk)
    context = NAV | {
        "activity": activity,
        "session": session,
        "one": evidence.of_session(session),
        "sheets": session.sheets.order_by("-number"),
        "pages": SheetPage.objects.filter(sheet__session=session).select_related(
            "scan__attached_by", "sheet"
        ),
        "languages": LANGUAGES,
        "runs": permissions.runs(request.user, today),
        "scan": scan,
        "elsewhere": elsewhere,
        "key": scan["key"].initial,
    }
    return render(request, "programme/attendance/sheets.html", context)


def _done(request: HttpRequest, wish: str, session: Session, scan: ScanForm, elsewhere: ElsewhereForm) -> str:
    """What was done, said; "" where a form has to be put right first."""
    by, now = person(request), timezone.now()
    if wish == "make":
        made = actions.make_sheet(session=session, key=submitted_key(request), by=by, now=now)
        return _("Sheet %(number)s is ready to be printed.") % {"number": made.number}
    if wish == "elsewhere" and elsewhere.is_valid():
        actions.sheet_from_elsewhere(session=session, by=by, now=now, **elsewhere.cleaned_data)
        return _("Noted. Now attach its pages.")
    if wish == "attach" and scan.is_valid():
        said = scan.cleaned_data
        actions.attach(
            sheet=said["sheet"],
            first_page=said["first_page"],
            last_page=said["last_page"],
            name=said["file"].name,
            content=scan.content,
            key=said["key"],
            by=by,
            now=now,
        )
        return _("Attached.")
    return ""


@login_required
@require_GET
def sheet(request: HttpRequest, pk: int, sheet_pk: int, lang: str) -> HttpResponse:
    """The sheet as PDF in a language."""
    activity = permissions.find_to_run(request.user, pk, timezone.localdate())
    found = SignatureSheet.objects.filter(
        session__activity=activity, pk=sheet_pk, is_from_elsewhere=False
    ).first()
    if found is None or lang not in dict(LANGUAGES):
        raise not_here()
    answer = HttpResponse(sheet_pdf.signature_sheet_pdf(found, lang=lang), content_type="application/pdf")
    name = f"straume-sheet-{found.session_id}-{found.number}-{lang}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_GET
def scan(request: HttpRequest, pk: int, scan_pk: int) -> FileResponse:
    """A signed page as it came in, for those who see who came."""
    activity = permissions.find_to_see_who_came(request.user, pk, timezone.localdate())
    found = ScanFile.objects.filter(pages__sheet__session__activity=activity, pk=scan_pk).first()
    if found is None:
        raise not_here()
    stored = found.file.open("rb")
    return FileResponse(
        stored, as_attachment=True, filename=found.original_name, content_type=found.content_type
    )


@login_required
def logos(request: HttpRequest, pk: int) -> HttpResponse:
    """The logos of a project beside the EU emblem, which we draw ourselves."""
    project = permissions.find_project_to_run(request.user, pk, timezone.localdate())
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "remove" in request.POST:
        logo = ProjectLogo.objects.filter(project=project, pk=request.POST["remove"]).first()
        if logo is not None:
            actions.remove_logo(logo=logo)
        messages.success(request, _("Removed."))
        return redirect("programme:logos", pk)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.add_logo(
            project=project,
            name=said["name"],
            position=said["position"],
            content=form.content,
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, _("Added. It stands on every sheet and certificate from now on."))
        return redirect("programme:logos", pk)
    context = NAV | {"project": project, "logos": project.logos.all(), "form": form}
    return render(request, "programme/attendance/logos.html", context)


@login_required
@require_GET
def logo(request: HttpRequest, pk: int, logo_pk: int) -> FileResponse:
    project = permissions.find_project_to_run(request.user, pk, timezone.localdate())
    found = ProjectLogo.objects.filter(project=project, pk=logo_pk).first()
    if found is None:
        raise not_here()
    return FileResponse(found.file.open("rb"), content_type=found.content_type)
