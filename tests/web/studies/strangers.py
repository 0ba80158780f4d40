"""What the walk over all addresses has to know of the assessments."""

import uuid
from datetime import UTC, datetime

from django.core.files.base import ContentFile

from straume.web.services.models import Offer
from straume.web.studies.actions import map_shares, maps, runs
from straume.web.studies.models import (
    AssessmentRun,
    CaseLog,
    FindingRow,
    KaizenAction,
    MapEdit,
    MapShare,
    Scenario,
    ScenarioSearch,
    StreamMap,
    Study,
)

PUBLIC = {
    "studies:follow": "a map for whoever holds its link, until the link ends or is taken back",
    "studies:followed": "what that page asks every second",
}
NUMBERS = {
    "log_pk": CaseLog,
    "replaces": CaseLog,
    "run_pk": AssessmentRun,
    "other_pk": AssessmentRun,
    "map_pk": StreamMap,
    "share_pk": MapShare,
    "action_pk": KaizenAction,
    "scenario_pk": Scenario,
    "search_pk": ScenarioSearch,
}
# met only where a log was assessed: tests/web/studies/test_scenarios_of_a_log.py meets them
MET_ELSEWHERE = r"studies:log_(scenario|search)"
NOW = datetime(2019, 1, 15, tzinfo=UTC)


def values(name: str) -> list[str]:
    """Of parameters that are no numbers: (name of the parameter) → what the things of the test have."""
    if name == "burst":
        found = MapEdit.objects.filter(field="burst_of").values_list("element", flat=True)
        return [str(one) for one in found]
    if name == "key":
        return list(FindingRow.objects.values_list("key", flat=True)[:1]) or ["k1"]
    return []


def make_things(*, livani, taxes, alice, bob) -> None:
    offer = Offer.objects.get(institution=livani)
    study = Study.objects.create(offer=offer, unit=taxes, owner=alice, entrance="steps", created_at=NOW)
    rows = [{"step": "Vīzē jurists", "unit": "Juristi", "touch": "20 min", "wait": "2 nedēļas"}]
    runs.save_steps(study=study, rows=rows, demand_per_year=100, key=uuid.uuid4(), by=alice, now=NOW)
    mapped = maps.begin_map(study=study, name="Esošais", key=uuid.uuid4(), by=alice, now=NOW, rows=rows)
    step, idea = maps.state_of(mapped).steps[0].id, uuid.uuid4()
    said = {"place": "a", "burst_of": str(step), "text": "Bez vīzas"}
    sent = [maps.Sent(uuid.uuid4(), idea, name, value, "", 0) for name, value in said.items()]
    maps.take_edits(edited=mapped, client=uuid.uuid4(), sent=sent, now=NOW)
    KaizenAction.objects.create(
        map=mapped, burst=uuid.uuid4(), what="Bez vīzas", owner_post="Vadītājs", due_on=NOW, agreed_by=alice,
        agreed_at=NOW,
    )  # fmt: skip
    map_shares.share(shared=mapped, days=1, key=uuid.uuid4(), by=alice, now=NOW)
    Scenario.objects.create(study=study, map=mapped, name="Bez vīzas", made_at=NOW)
    ScenarioSearch.objects.create(study=study, map=mapped, kind="front", asked_at=NOW)
    log = CaseLog(study=study, label="2018", original_name="lietas.csv", bytes=4, timezone="Europe/Riga")
    log.status, log.keeps_original, log.uploaded_by, log.uploaded_at = "guessed", True, alice, NOW
    log.file.save("lietas.csv", ContentFile(b"a;b\n"))
