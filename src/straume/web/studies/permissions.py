"""Who may see and do what with a study. Strangers get 404; a coordinator learns that it exists, no more.

A controller's role stands in no set that writes, and a place in a team gives a controller nothing either.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from straume.web.places.models import Institution, Role
from straume.web.places.permissions import (
    Person,
    institutions_of,
    institutions_where,
    is_member,
    may_see_inside,
    memberships_of,
    not_here,
    require_role,
    roles_in,
    sees_the_cooperation,
)
from straume.web.studies.models import AssessmentRun, CaseLog, Publication, StreamMap, Study
from straume.web.studies.models.study import StudyQuerySet

MAKES_STUDIES = frozenset({Role.FACILITATOR, Role.UNIT_HEAD})
GIVES_VERDICTS = frozenset({Role.FACILITATOR, Role.UNIT_HEAD, Role.LEADER})
PUBLISHES = frozenset({Role.UNIT_HEAD, Role.LEADER})
DELETES = frozenset({Role.UNIT_HEAD, Role.ADMINISTRATOR})


def visible_studies(person: Person, today: date) -> StudyQuerySet:
    """Studies the person may know of: of own institutions, of all for a lead body, and published ones."""
    studies: StudyQuerySet = Study.objects.select_related("offer__service", "offer__institution", "unit")
    if not memberships_of(person, today).exists():
        return studies.none()
    if sees_the_cooperation(person, today):
        return studies
    published = Exists(Publication.objects.filter(study=OuterRef("pk"), withdrawn_at=None))
    return studies.filter(Q(offer__institution__in=institutions_of(person, today)) | published)


def find_study(person: Person, pk: int, today: date) -> Study:
    """The study, if the person may know that it exists."""
    study = visible_studies(person, today).filter(pk=pk).first()
    if study is None:
        raise not_here()
    return study


def sees_inside(person: Person, study: Study, today: date) -> bool:
    """Logs, drafts, every run, verdicts: members of the institution only."""
    return is_member(person, study.institution, today)


def find_inside(person: Person, pk: int, today: date) -> Study:
    """The study with all that is in it; 403 with the reason for those who may only know of it."""
    study = find_study(person, pk, today)
    may_see_inside(person, study.institution, today)
    return study


def find_run(person: Person, study_pk: int, pk: int, today: date) -> AssessmentRun:
    """A finished assessment: any for members, the published one for everybody else in the cooperation."""
    study = find_study(person, study_pk, today)
    run = (
        study.runs.filter(pk=pk, status=AssessmentRun.Status.DONE).select_related("log", "step_table").first()
    )
    if run is None:
        raise not_here()
    if not sees_inside(person, study, today):
        publication = study.standing_publication()
        if publication is None or publication.run_id != run.pk:
            raise not_here()
    run.study = study
    return run


def find_log(person: Person, study_pk: int, pk: int, today: date) -> CaseLog:
    """A log of a study that the person may work on."""
    return _log_of(find_to_work_on(person, study_pk, today), pk)


def find_log_to_delete(person: Person, study_pk: int, pk: int, today: date) -> CaseLog:
    """A log that the person may delete: also an administrator may, who works on no study."""
    study = find_inside(person, study_pk, today)
    require(may_delete(person, study, today))
    return _log_of(study, pk)


def _log_of(study: Study, pk: int) -> CaseLog:
    log = study.logs.filter(pk=pk).first()
    if log is None:
        raise not_here()
    log.study = study
    return log


def find_map(person: Person, study_pk: int, pk: int, today: date) -> StreamMap:
    """A map of a study: the institution's members look on, whoever works on the study edits."""
    return _map_of(find_inside(person, study_pk, today), pk)


def find_map_to_work_on(person: Person, study_pk: int, pk: int, today: date) -> StreamMap:
    """A map that the person may change."""
    return _map_of(find_to_work_on(person, study_pk, today), pk)


def _map_of(study: Study, pk: int) -> StreamMap:
    found = study.maps.filter(pk=pk).first()
    if found is None:
        raise not_here()
    found.study = study
    return found


def find_to_work_on(person: Person, pk: int, today: date) -> Study:
    """The study, if the person may upload, write steps and run assessments in it."""
    study = find_inside(person, pk, today)
    if may_work_on(person, study, today):
        return study
    require_role(person, study.institution, MAKES_STUDIES, today)
    return study


def may_work_on(person: Person, study: Study, today: date) -> bool:
    return holds(person, study.institution, MAKES_STUDIES, today) or in_team(person, study, today)


def may_give_verdicts(person: Person, study: Study, today: date) -> bool:
    return holds(person, study.institution, GIVES_VERDICTS, today) or in_team(person, study, today)


def may_publish(person: Person, study: Study, today: date) -> bool:
    owns = person.pk == study.owner_id and may_work_on(person, study, today)
    return owns or holds(person, study.institution, PUBLISHES, today)


def may_delete(person: Person, study: Study, today: date) -> bool:
    owns = person.pk == study.owner_id and may_work_on(person, study, today)
    return owns or holds(person, study.institution, DELETES, today)


def require(allowed: bool) -> None:
    """For a member who lacks the right to do one thing."""
    if not allowed:
        raise PermissionDenied(
            _("You may read this study, but not do this in it. Ask its owner or the head of the unit.")
        )


def require_a_place_to_begin(institutions: QuerySet[Institution]) -> None:
    """For somebody who may begin a study nowhere."""
    if not institutions.exists():
        raise PermissionDenied(
            _("To begin an assessment you need the role of a lean practitioner or of a head of unit.")
        )


def makes_studies_in(person: Person, today: date) -> QuerySet[Institution]:
    """Where the person may begin a study."""
    return institutions_where(person, MAKES_STUDIES, today)


def holds(person: Person, institution: Institution, roles: frozenset[Role], today: date) -> bool:
    return bool(roles_in(person, institution, today) & {role.value for role in roles})


def in_team(person: Person, study: Study, today: date) -> bool:
    """A colleague named in the team. One who only reads, or who has left, is none, whatever the list says."""
    if not study.team.filter(pk=person.pk).exists():
        return False
    return bool(roles_in(person, study.institution, today) - {Role.CONTROLLER.value, Role.COACH.value})
