"""What the walk over all addresses has to know of the thread."""

from datetime import date

from straume.web.needs.models import Need

COMMON = "needs are common to the cooperation; what lies further along is looked up as far as one may see"
SHARED = {"thread": COMMON}


def values(name: str) -> list[str]:
    return ["need"] if name == "strand" else []


def make_things(*, livani, taxes, alice, bob) -> None:
    Need.objects.create(kind="problem", title_lv="Ilgi jāgaida", named_on=date(2016, 3, 1), named_by=bob)
