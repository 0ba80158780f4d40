"""What has come of a project, in plain words: counted from the records, each person once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.lean.protect import shown
from straume.web.groups.models import Adoption, PracticeCard
from straume.web.programme.models import Activity, Attendance, Project, Registration
from straume.web.studies.models import ActionDone, Study

HELD = (Activity.Status.HELD, Activity.Status.COMPLETE, Activity.Status.REPORTED)


@dataclass(frozen=True)
class Told:
    """One sentence, and how it was counted."""

    sentence: str
    how: str


def results_of(project: Project, *, today: date) -> list[Told]:
    """Sentences with a figure each; what has not happened yet is left out."""
    held = Activity.objects.filter(work_package__project=project, status__in=HELD, from_on__lte=today)
    studies = Study.objects.filter(origins__activity__in=held).distinct()
    needs = held.exclude(needs=None).values("needs").distinct().count()
    return [
        told
        for told in (
            activities(held.count()),
            people(project),
            answered_needs(needs),
            assessments(studies.count()),
            done(ActionDone.objects.filter(action__map__study__in=studies).count()),
            practices(project),
            adoptions(project),
        )
        if told is not None
    ]


def holds_simulated(project: Project) -> bool:
    """Whether anything that the sentences count is made up, so that they have to say so."""
    held = Activity.objects.filter(work_package__project=project)
    made_up = (
        held.filter(Q(is_simulated=True) | Q(figures_are_simulated=True)),
        Registration.objects.filter(activity__in=held, is_simulated=True),
        Study.objects.filter(origins__activity__in=held, is_simulated=True),
        PracticeCard.objects.filter(activity__in=held, is_simulated=True),
        Adoption.objects.filter(card__activity__in=held, is_simulated=True),
    )
    return any(found.exists() for found in made_up)


def activities(count: int) -> Told | None:
    if not count:
        return None
    return Told(
        ngettext("%(n)s activity was held.", "%(n)s activities were held.", count) % {"n": count},
        _("Activities of the project that are marked as held; cancelled ones are not counted."),
    )


def people(project: Project) -> Told | None:
    came = Attendance.objects.filter(session__activity__work_package__project=project)
    count = came.values("registration__person").distinct().count()
    if not count:
        return None
    said = shown(count)
    sentence = (
        _("Fewer than five people took part.")
        if said is None
        else ngettext("%(n)s person took part.", "%(n)s people took part.", said) % {"n": said}
    )
    return Told(sentence, _("By signature sheets and check-ins; whoever came several times is counted once."))


def answered_needs(count: int) -> Told | None:
    if not count:
        return None
    return Told(
        ngettext(
            "They answered %(n)s need that people had named.",
            "They answered %(n)s needs that people had named.",
            count,
        )
        % {"n": count},
        _("Needs from surveys and from work to which an activity that was held is tied."),
    )


def assessments(count: int) -> Told | None:
    if not count:
        return None
    return Told(
        ngettext(
            "%(n)s service was assessed by those who had learnt how.",
            "%(n)s services were assessed by those who had learnt how.",
            count,
        )
        % {"n": count},
        _("Assessments whose people say that they learnt how at an activity of the project."),
    )


def done(count: int) -> Told | None:
    if not count:
        return None
    return Told(
        ngettext(
            "%(n)s change was agreed on in them and carried out.",
            "%(n)s changes were agreed on in them and carried out.",
            count,
        )
        % {"n": count},
        _("Actions of these assessments that are marked as done, with what shows it."),
    )


def practices(project: Project) -> Told | None:
    cards = PracticeCard.objects.filter(
        activity__work_package__project=project,
        publications__withdrawn_at=None,
        publications__isnull=False,
    ).distinct()
    count = cards.count()
    if not count:
        return None
    sentence = ngettext(
        "%(n)s good practice was written down for others.",
        "%(n)s good practices were written down for others.",
        count,
    ) % {"n": count}
    return Told(sentence, _("Published practice cards that were seen at an activity of the project."))


def adoptions(project: Project) -> Told | None:
    count = Adoption.objects.filter(card__activity__work_package__project=project).count()
    if not count:
        return None
    return Told(
        ngettext(
            "Such a practice was taken over elsewhere %(n)s time.",
            "Such practices were taken over elsewhere %(n)s times.",
            count,
        )
        % {"n": count},
        _("Places that said they try the practice, whatever came of it."),
    )
