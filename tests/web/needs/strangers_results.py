"""What the walk over all addresses has to know of results and needs."""

from datetime import date
from uuid import UUID

from simulated_survey import answer, make_wave
from straume.web.needs.models import Need, NeedMerge, TextBatch

COMMON = "surveys and needs are common to the cooperation: whoever has a role today reads them"
RUN = "common to the cooperation; for those who do not run surveys 403 (test_results_of_a_survey.py)"
SHARED = {
    "needs:results": COMMON,
    "needs:group_needs": COMMON,
    "needs:change": COMMON,
    "needs:result": COMMON,
    "needs:need": COMMON,
    "needs:texts": RUN,
    "needs:take_texts_out": RUN,
    "needs:make_need": RUN,
    "needs:add_evidence": RUN,
    "needs:import_template": RUN,
    "needs:change_need": RUN,
    "needs:need_status": RUN,
    "needs:merge_need": RUN,
    "needs:unmerge_need": RUN,
    "needs:delete_need": RUN,
}
NUMBERS = {"batch_pk": TextBatch}


def values(name: str) -> list[str]:
    return {"item": ["wanted~lean"], "lang": ["lv"]}.get(name, [])


def make_things(*, livani, taxes, alice, bob) -> None:
    wave = make_wave(livani)
    answer(wave, livani, 12, people=60)
    day = date(2016, 6, 1)
    kept, gone = (
        Need.objects.create(kind="problem", title_lv=title, named_on=day, named_by=alice)
        for title in ("Daudz parakstu", "Pārāk daudz parakstu")
    )
    NeedMerge.objects.create(gone=gone, kept=kept, made_on=day, made_by=alice)
    TextBatch.objects.create(need=kept, wave=wave, item="why", idempotency_key=UUID(int=7))
