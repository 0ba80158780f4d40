"""Sessions, agenda, speakers, materials and needs of an activity, as those who run it write them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.needs.permissions import find_need
from straume.web.places.permissions import not_here
from straume.web.programme import permissions
from straume.web.programme.actions import materials, parts, sessions
from straume.web.programme.forms.parts import (
    ActivityNeedForm,
    AgendaItemForm,
    MaterialForm,
    NeedActivityForm,
    SessionForm,
    SpeakerForm,
)
from straume.web.programme.models import Activity, ActivityNeed, AgendaItem, Material, Session, Speaker
from straume.web.programme.views.form import form_page, signed_in


def to_run(request: HttpRequest, pk: int) -> Activity:
    return permissions.find_activity_to_run(request.user, pk, timezone.localdate())


def part_of(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found


@login_required
def add_session(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    form = SessionForm(request.POST or None, instance=Session(activity=shown))

    def save() -> None:
        sessions.add(session=form.save(commit=False), key=form.cleaned_data["key"])

    return form_page(
        request, form, title=_("Add a session"), back=at(shown, "sessions"), save=save, activity=shown
    )


@login_required
def change_session(request: HttpRequest, pk: int, session_pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    session = part_of(shown.sessions, session_pk)
    session.activity = shown
    form = SessionForm(request.POST or None, instance=session)

    def save() -> None:
        sessions.move(session=form.save(commit=False), fields=form.fields_changed())

    return form_page(
        request, form, title=_("Change the session"), back=at(shown, "sessions"), save=save, activity=shown,
        remove=lambda: sessions.remove(session=session),
    )  # fmt: skip


@login_required
def add_agenda_item(request: HttpRequest, pk: int, session_pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    session = part_of(shown.sessions, session_pk)
    form = AgendaItemForm(request.POST or None, instance=AgendaItem(session=session))
    return part_page(request, form, _("Add an agenda item"), shown, "sessions")


@login_required
def change_agenda_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    item = part_of(AgendaItem.objects.filter(session__activity=shown), item_pk)
    form = AgendaItemForm(request.POST or None, instance=item)
    return part_page(request, form, _("Change the agenda item"), shown, "sessions")


@login_required
def add_speaker(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    form = SpeakerForm(request.POST or None, instance=Speaker(activity=shown), today=timezone.localdate())
    return part_page(request, form, _("Add a speaker"), shown, "speakers")


@login_required
def change_speaker(request: HttpRequest, pk: int, speaker_pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    speaker = part_of(shown.speakers, speaker_pk)
    form = SpeakerForm(request.POST or None, instance=speaker, today=timezone.localdate())
    return part_page(request, form, _("Change the speaker"), shown, "speakers")


@login_required
def add_need(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    form = ActivityNeedForm(request.POST or None, instance=ActivityNeed(activity=shown))
    return part_page(request, form, _("Name a need that it answers"), shown, "needs")


@login_required
def change_need(request: HttpRequest, pk: int, need_link_pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    link = part_of(shown.need_links, need_link_pk)
    form = ActivityNeedForm(request.POST or None, instance=link)
    return part_page(request, form, _("Why it answers this need"), shown, "needs", about=str(link.need))


@login_required
def choose_for_need(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page of a need: which activity was chosen because of it, and why."""
    today = timezone.localdate()
    need = find_need(request.user, pk, today)
    permissions.require_running(request.user, today)
    form = NeedActivityForm(request.POST or None, instance=ActivityNeed(need=need))
    return form_page(
        request, form, title=_("Choose an activity because of it"), back=need.get_absolute_url(),
        save=lambda: parts.link_need(link=form.save(commit=False)), about=str(need),
    )  # fmt: skip


@login_required
def add_material(request: HttpRequest, pk: int) -> HttpResponse:
    shown = to_run(request, pk)
    form = MaterialForm(
        request.POST or None,
        request.FILES or None,
        instance=Material(activity=shown),
        initial=materials.fresh(),
    )

    def save() -> None:
        now, by = timezone.now(), signed_in(request)
        materials.keep(material=form.instance, upload=form.cleaned_data["file"], by=by, now=now,
                       key=form.cleaned_data["key"])  # fmt: skip

    return form_page(
        request, form, title=_("Add a material"), back=at(shown, "materials"), save=save, activity=shown
    )


@login_required
def material(request: HttpRequest, pk: int, material_pk: int) -> FileResponse:
    """The file, to everybody who may read the activity."""
    shown = permissions.find_activity(request.user, pk, timezone.localdate())
    found: Material = part_of(shown.materials, material_pk)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.original_name)


@login_required
def remove_material(request: HttpRequest, pk: int, material_pk: int) -> HttpResponse:
    from django.forms import Form

    shown = to_run(request, pk)
    found: Material = part_of(shown.materials, material_pk)
    form = Form(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, title=_("Delete “%(name)s”?") % {"name": found.title}, back=at(shown, "materials"),
        save=lambda: materials.remove(material=found), activity=shown, submit=_("Delete"),
        about=_("The file is deleted. This cannot be undone."),
    )  # fmt: skip


def part_page(
    request: HttpRequest, form: Any, title: str, shown: Activity, where: str, **more: Any
) -> HttpResponse:
    """A part that stands by itself: saved once, removed on request."""
    row = form.instance
    remove = (lambda: parts.remove(part=row)) if row.pk else None

    def save() -> None:
        parts.save(form=form)

    return form_page(
        request, form, title=title, back=at(shown, where), save=save, remove=remove, activity=shown, **more
    )


def at(shown: Activity, where: str) -> str:
    """The place on the page of the activity."""
    return f"{shown.get_absolute_url()}#{where}"
