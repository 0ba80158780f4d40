"""On what scenarios stand and who may do what with them: a map of a study, or the log that it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from straume.lean.errors import StraumeError
from straume.web.places.permissions import Person
from straume.web.studies import permissions
from straume.web.studies.actions.scenarios import ask_for_trial
from straume.web.studies.actions.searches import ground_of
from straume.web.studies.models import (
    AssessmentRun,
    CaseLog,
    ModelTrial,
    Scenario,
    ScenarioSearch,
    StreamMap,
    Study,
)
from straume.web.studies.models.scenarios import ground_url
from straume.web.studies.scenario_analysis import Ground, Plan, Reproduction, against_log, reproduction


@dataclass(frozen=True)
class Place:
    """A map, or the newest assessed log of a study."""

    study: Study
    map: StreamMap | None
    log: CaseLog | None
    may_work: bool

    @property
    def url(self) -> str:
        return ground_url(self.study.pk, self.map.pk if self.map else None)

    def scenarios(self) -> list[Scenario]:
        kept = self.study.scenarios.filter(map=self.map, log=self.log, deleted_at=None)
        return list(kept.select_related("future__map"))

    def scenario(self, pk: int) -> Scenario:
        """One of this place's, also one that was deleted a moment ago; 404 otherwise."""
        found = self.study.scenarios.filter(map=self.map, log=self.log, pk=pk).first()
        if found is None:
            raise permissions.not_here()
        return found

    def search(self, pk: int) -> ScenarioSearch:
        found = self.study.searches.filter(map=self.map, log=self.log, pk=pk).first()
        if found is None:
            raise permissions.not_here()
        return found

    def ground(self, at_number: int | None = None) -> Ground | None:
        return ground_of(self.map, self.log, at_number)

    def trial(self) -> ModelTrial | None:
        """Of the model of the log; asked for when its scenarios are first looked at, computed once."""
        return ask_for_trial(log=self.log, now=timezone.now()) if self.log else None


def find_place(person: Person, pk: int, map_pk: int | None, today: date, *, to_work: bool = False) -> Place:
    """Members look on and try; those who work on the study keep. Strangers get 404."""
    if map_pk is not None:
        find = permissions.find_map_to_work_on if to_work else permissions.find_map
        shown = find(person, pk, map_pk, today)
        return Place(shown.study, shown, None, permissions.may_work_on(person, shown.study, today))
    look = permissions.find_to_work_on if to_work else permissions.find_inside
    study = look(person, pk, today)
    run = log_run(study)
    if run is None or run.log is None:
        raise permissions.not_here()
    log = run.log
    log.study = study
    return Place(study, None, log, permissions.may_work_on(person, study, today))


def log_run(study: Study) -> AssessmentRun | None:
    """The newest assessment of a log of this study."""
    runs = AssessmentRun.standing().filter(study=study, log__isnull=False)
    return runs.select_related("log").first()


def found_again(place: Place, ground: Ground) -> Reproduction | None:
    """How near the model comes to the log of the study; None: there is no log, or it shows too little."""
    if place.log is not None:
        trial = place.trial()
        return reproduction(trial.result) if trial and trial.result else None
    run = log_run(place.study)
    if run is None:
        return None
    run.study = place.study
    try:
        return against_log(ground, run)
    except StraumeError:
        return None


def plan_of(scenario: Scenario) -> Plan:
    return Plan(scenario.name, scenario.changes)
