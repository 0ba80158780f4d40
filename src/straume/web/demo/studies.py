"""The demo's studies: generated logs go the way of a user's file; no finding is written here."""

from __future__ import annotations

import csv
import tempfile
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
from allauth.account.models import EmailAddress
from django.core.files import File
from django.forms import BoundField
from django.utils import timezone

from straume.lean.assess.planted import generate, write_csv
from straume.web.accounts.models import User
from straume.web.demo.people import BEGAN_ON, CAST, email_of
from straume.web.demo.services import DEBT, FELLING
from straume.web.demo.study_processes import PlaceStudy, Year, studies
from straume.web.places.models import Institution, Membership, Role
from straume.web.services.models import Offer
from straume.web.studies import analysis
from straume.web.studies.actions import logs, maps, runs
from straume.web.studies.actions import studies as study_actions
from straume.web.studies.forms.log import ColumnsForm
from straume.web.studies.models import CaseLog, Study

CHILDREN_AT_ONCE = 2
NAMESPACE = uuid.UUID("5d1f6a52-7c0e-4d6c-9d59-0d5c4d5e7a11")
# a lean practitioner where the cast has none; none of them is real
PRACTITIONERS = {
    "daugavpils": "Līga Zvaigzne",
    "rezekne-novads": "Oskars Priede",
    "ludza": "Agnese Kļava",
    "balvi": "Edgars Ozoliņš",
    "kraslava": "Zane Bērza",
    "aglona": "Aivars Vītols",
    "zarasai": "Rimantas Ąžuolas",
}
MAP_NAMES = {"lv": "Darba gaita, kāda tā ir", "lt": "Darbo eiga, kokia yra"}
HEADERS = {
    "lv": {
        "case": "Lietas Nr.",
        "activity": "Darbība",
        "unit": "Struktūrvienība",
        "worker": "Darbinieks",
        "start": "Sākums",
        "end": "Pabeigts",
        "received": "Saņemts",
        "closed": "Slēgts",
        "channel": "Kanāls",
        "outcome": "Rezultāts",
    },
    "lt": {
        "case": "Bylos Nr.",
        "activity": "Veiksmas",
        "unit": "Skyrius",
        "worker": "Darbuotojas",
        "start": "Pradžia",
        "end": "Pabaiga",
        "received": "Gauta",
        "closed": "Uždaryta",
        "channel": "Kanalas",
        "outcome": "Rezultatas",
        "stopped_from": "Sustabdyta nuo",
        "stopped_to": "Sustabdyta iki",
    },
}

REGISTER_NUMBER = "Dok. Nr."


@dataclass(frozen=True)
class Waiting:
    """A log whose file is being read in a child process."""

    log: CaseLog
    checked: Future[analysis.Checked | None]


def seed(today: date) -> None:
    """Make every study of the demo; files are read two at a time, as two cores allow."""
    now = timezone.now()
    described = studies(debt_service=DEBT, felling_service=FELLING)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(CHILDREN_AT_ONCE) as readers:
        uploaded = [
            (place, upload(place, begun(place, now), Path(folder), readers, now)) for place in described
        ]
        for place, waiting in uploaded:
            for one in waiting:
                confirm_and_assess(one, now)
            if place.published and waiting:
                publish(waiting[-1].log.study, now)


def begun(place: PlaceStudy, now: datetime) -> Study:
    """The study, and where the place has no log the steps as people told them."""
    offer = Offer.objects.get(service__identifier=place.service, institution__slug=place.institution)
    owner = practitioner(place.institution)
    study = study_actions.begin_study(
        offer=offer,
        owner=owner,
        scope="",
        entrance=Study.Entrance.STEPS if place.steps else Study.Entrance.LOG,
        team=[],
        key=key("study", place.institution, place.service),
        now=now,
        is_simulated=True,
    )
    if place.steps:
        runs.save_steps(
            study=study,
            rows=[dict(row) for row in place.steps],
            demand_per_year=place.demand_per_year,
            key=key("steps", place.institution, place.service),
            by=owner,
            now=now,
            is_simulated=True,
        )
        maps.begin_map(
            study=study,
            name=MAP_NAMES[offer.institution.country],
            key=key("map", place.institution, place.service),
            by=owner,
            now=now,
            rows=place.steps,
            demand=place.demand_per_year,
        )
    return study


def upload(
    place: PlaceStudy, study: Study, folder: Path, readers: ThreadPoolExecutor, now: datetime
) -> list[Waiting]:
    """Store each log of the place as a user's upload and begin to read it."""
    waiting = []
    for year in place.years:
        with exported(place, year, folder) as file:
            what = logs.Upload(
                file=file,
                label=year.label,
                keeps_original=False,
                key=key("log", place.institution, place.service, year.label),
                is_simulated=True,
            )
            log = logs.store_log(study=study, upload=what, by=study.owner, now=now)
        waiting.append(Waiting(log, readers.submit(read, log)))
    return waiting


@contextmanager
def exported(place: PlaceStudy, year: Year, folder: Path) -> Iterator[File]:
    """The table as the place's document system might export it."""
    assert place.process is not None
    table = generate(
        place.process,
        cases=year.cases,
        first_on=year.first_on,
        last_on=year.last_on,
        drawn_on=year.drawn_on,
        seed=place.seed,
        prefix=f"{year.label[:4]}-",
    )
    path = folder / f"{place.institution}-{year.label[:4]}.csv"
    if year.is_register:
        write_register(table, path, steps=[step.name for step in place.process.steps])
    else:
        write_csv(table, path, header=HEADERS[place.header], starts=year.starts, delimiter=";")
    with path.open("rb") as opened:
        yield File(opened, name=path.name)


def write_register(table: pa.Table, path: Path, *, steps: list[str]) -> None:
    """A document register: one row for each document, the day of each step in a column of its own."""
    days: dict[str, dict[str, str]] = {}
    for row in table.select(["case", "activity", "end"]).to_pylist():
        days.setdefault(row["case"], {})[row["activity"]] = row["end"].strftime("%d.%m.%Y")
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow([REGISTER_NUMBER, *steps])
        writer.writerows([case, *(done.get(step, "") for step in steps)] for case, done in days.items())


def read(log: CaseLog) -> analysis.Checked | None:
    """The child process that also reads a user's file; it asks the database nothing."""
    return analysis.check(log, is_cancelled=lambda: False, progress=lambda share: None)


def confirm_and_assess(waiting: Waiting, now: datetime) -> None:
    """Columns confirmed as guessed, facts confirmed, assessed: the same forms and actions as a user's."""
    log, checked = waiting.log, waiting.checked.result()
    assert checked is not None
    logs.finish_guess(log=log, checked=checked)
    guessed = ColumnsForm(log=log)
    form = ColumnsForm({name: field.value() for name, field in named(guessed)}, log=log)
    if not form.is_valid() or log.problems:
        raise RuntimeError(f"{log}: {form.errors or log.problems}")
    zone = form.cleaned_data["timezone"]
    logs.confirm_columns(log=log, mapping=form.mapping(), timezone=zone, now=now)
    run = logs.confirm_facts(log=log, key=key("run", str(log.idempotency_key)), by=log.uploaded_by, now=now)
    runs.make_run(run=run, now=now)


def named(form: ColumnsForm) -> Iterator[tuple[str, BoundField]]:
    return ((field.name, field) for field in form)


def publish(study: Study, now: datetime) -> None:
    run = study.standing_run()
    if run is not None:
        study_actions.publish(study=study, run=run, by=study.owner, now=now)


def practitioner(slug: str) -> User:
    """The lean practitioner of a place: from the cast, else one made for it."""
    for role, part in CAST.items():
        if part.role == Role.FACILITATOR and slug in part.institutions:
            return User.objects.get(email=email_of(role))
    email = f"facilitator-{slug}@demo.example"
    institution = Institution.objects.get(slug=slug)
    person = User.objects.filter(email=email).first()
    if person is None:
        person = User.objects.create_user(email, name=PRACTITIONERS[slug], language=institution.country)
    EmailAddress.objects.get_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    Membership.objects.get_or_create(
        person=person,
        institution=institution,
        role=Role.FACILITATOR,
        unit=None,
        defaults={"from_on": BEGAN_ON, "until_on": institution.until_on},
    )
    return person


def key(*parts: str) -> uuid.UUID:
    """The same key on every start: a second seed finds what the first one made."""
    return uuid.uuid5(NAMESPACE, "/".join(parts))
