"""The catalogue as linked data: handed out, and read from a file after a look at what it would change."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.services import permissions
from straume.web.services.actions import keep_file, plan, take_over
from straume.web.services.forms.file import CatalogueFileForm
from straume.web.services.models import CatalogueImport, PublicService
from straume.web.services.rdf.described import described
from straume.web.services.rdf.read import services_of
from straume.web.services.rdf.safe import parsed
from straume.web.services.rdf.sentences import note
from straume.web.services.rdf.write import FORMATS, graph_of, serialized

NAV = "services"


@login_required
def service_rdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    shown = permissions.find_service(request.user, pk, timezone.localdate())
    graph = graph_of([described(shown)], base=request.build_absolute_uri("/"))
    return download(serialized(graph, kind), kind, shown.identifier.replace("/", "-"))


@login_required
def catalogue_rdf(request: HttpRequest, kind: str) -> HttpResponse:
    today = timezone.localdate()
    permissions.may_read(request.user, today)
    services = [described(service) for service in PublicService.objects.all()]
    graph = graph_of(services, base=request.build_absolute_uri("/"), catalogue=True)
    return download(serialized(graph, kind), kind, f"straume-services-{today.isoformat()}")


def download(text: str, kind: str, name: str) -> HttpResponse:
    _parser, media_type = FORMATS[kind]
    response = HttpResponse(text, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


@login_required
def import_file(request: HttpRequest) -> HttpResponse:
    """Choose a file; where it can be read, go on to what it would change."""
    person = signed_in(request)
    permissions.require_adding(person, timezone.localdate())
    form = CatalogueFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        waiting = keep_file(
            person=person,
            file_name=form.cleaned_data["file"].name,
            kind=form.kind,
            text=form.text,
            now=timezone.now(),
        )
        return redirect("services:import_preview", waiting.pk)
    return render(request, "services/import.html", {"form": form, "nav": NAV})


@login_required
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would create and change; on a press it does."""
    today, person = timezone.localdate(), signed_in(request)
    permissions.require_adding(person, today)
    waiting = CatalogueImport.objects.filter(person=person, pk=pk).first()
    if waiting is None:
        raise permissions.not_here()
    if waiting.done_at is not None:
        return redirect("services:services")
    if request.method == "POST":
        done = take_over(waiting, today=today, now=timezone.now())
        messages.success(
            request,
            _("New services: %(created)s. Changed services: %(changed)s.")
            % {"created": done.created, "changed": done.changed},
        )
        return redirect("services:services")
    reading = services_of(parsed(waiting.text, waiting.kind))
    planned = plan(reading.services, person, today)
    context = {
        "waiting": waiting,
        "planned": planned,
        "to_do": sum(1 for one in planned if one.changes and one.is_allowed),
        "notes": [note(one) for one in reading.notes],
        "nav": NAV,
    }
    return render(request, "services/import_preview.html", context)


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that `login_required` let through."""
    assert isinstance(request.user, User)
    return request.user
