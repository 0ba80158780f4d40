"""For those who run the programme: what the funder asks for, the check, and what everybody may read."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from straume.web.places.permissions import not_here
from straume.web.programme.models import Activity, Project
from straume.web.programme.permissions import require_running
from straume.web.public import actions
from straume.web.public.forms import PublicityForm, StoryForm
from straume.web.public.models import Publication, Publicity, ResultStory
from straume.web.public.publicity import duties_of, is_public, lacking
from straume.web.studies.views.reader import person

NAV = {"nav": "activities", "subnav": "public"}


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """The project's page where there is one project, else the list of them."""
    require_running(request.user, timezone.localdate())
    projects = list(Project.objects.order_by("-from_on"))
    if len(projects) == 1:
        return redirect("public:publicity", projects[0].pk)
    context = NAV | {"projects": [(project, is_public(project)) for project in projects]}
    return render(request, "public/publishing.html", context)


@login_required
def publicity(request: HttpRequest, project_pk: int) -> HttpResponse:
    """The check as a list, what is public, and the button that the check may stop."""
    project = find_project_to_run(request, project_pk)
    if request.method == "POST":
        return publish_or_say_why_not(request, project)
    activities = Activity.objects.filter(work_package__project=project).exclude(
        status=Activity.Status.PLANNED
    )
    open_now = set(
        Publication.objects.filter(activity__in=activities, withdrawn_at=None).values_list(
            "activity", flat=True
        )
    )
    context = NAV | {
        "project": project,
        "duties": duties_of(project),
        "lacking": lacking(project),
        "is_public": is_public(project),
        "standing": Publication.objects.filter(project=project, withdrawn_at=None).first(),
        "activities": [(one, one.pk in open_now) for one in activities.order_by("-from_on", "-pk")],
        "stories": project.stories.all(),
        "code": project.code.lower(),
    }
    return render(request, "public/publicity.html", context)


def publish_or_say_why_not(request: HttpRequest, project: Project) -> HttpResponse:
    wish, now = request.POST.get("do"), timezone.now()
    if wish == "publish":
        missing = actions.publish_project(project=project, by=person(request), now=now)
        if missing:
            names = ", ".join(duty.label for duty in missing)
            messages.error(
                request, _("Not published: the funder also asks for %(things)s.") % {"things": names}
            )
        else:
            messages.success(request, _("Everybody can read the project’s pages now."))
    elif wish == "withdraw":
        actions.withdraw(publications=Publication.objects.filter(project=project), now=now)
        messages.success(request, _("The project’s pages are no longer public."))
    elif wish == "activities":
        chosen = {int(pk) for pk in request.POST.getlist("activity") if pk.isdigit()}
        actions.publish_activities(project=project, chosen=chosen, by=person(request), now=now)
        messages.success(request, _("Saved: these activities stand in the public calendar."))
    return redirect("public:publicity", project.pk)


@login_required
def change_publicity(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = find_project_to_run(request, project_pk)
    kept = Publicity.objects.filter(project=project).first() or Publicity(project=project)
    form = PublicityForm(request.POST or None, instance=kept, project=project)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        if Publication.objects.filter(project=project, withdrawn_at=None).exists() and lacking(project):
            messages.warning(
                request, _("The project’s pages are not public until what the check names is there again.")
            )
        return redirect("public:publicity", project.pk)
    context = NAV | {"form": form, "project": project, "title": _("What the funder asks for")}
    return render(request, "public/publicity_form.html", context)


@login_required
def add_story(request: HttpRequest, project_pk: int) -> HttpResponse:
    project = find_project_to_run(request, project_pk)
    form = StoryForm(request.POST or None, instance=ResultStory(project=project))
    return saved_or_shown(request, form, project, _("Tell a result in plain words"))


@login_required
def change_story(request: HttpRequest, project_pk: int, story_pk: int) -> HttpResponse:
    project = find_project_to_run(request, project_pk)
    story = project.stories.filter(pk=story_pk).first()
    if story is None:
        raise not_here()
    if request.method == "POST" and "remove" in request.POST:
        story.delete()
        messages.success(request, _("Removed."))
        return redirect("public:publicity", project.pk)
    form = StoryForm(request.POST or None, instance=story)
    return saved_or_shown(request, form, project, _("Change the text"), removable=True)


def saved_or_shown(
    request: HttpRequest, form: StoryForm, project: Project, title: str, *, removable: bool = False
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("public:publicity", project.pk)
    context = NAV | {"form": form, "project": project, "title": title, "removable": removable}
    return render(request, "public/publicity_form.html", context)


def find_project_to_run(request: HttpRequest, pk: int) -> Project:
    require_running(request.user, timezone.localdate())
    project = Project.objects.filter(pk=pk).first()
    if project is None:
        raise not_here()
    return project
