"""What the walk over all addresses has to know of the practice cards: a draft is for its institution."""

from datetime import UTC, date, datetime

from straume.web.groups.models import Adoption, PracticeCard

NUMBERS = {"card_pk": PracticeCard}
NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)


def values(name: str) -> list[str]:
    return {"paper": ["a5"], "lang": ["lv"]}.get(name, [])


def make_things(*, livani, taxes, alice, bob) -> None:
    card = PracticeCard.objects.create(
        title_lv="Melnraksts", institution=livani, contact_post="Vadītājs", made_at=NOW
    )
    Adoption.objects.create(card=card, institution=livani, unit=taxes, began_on=date(2018, 1, 1), made_at=NOW)
