"""What groups put on the thread: the practice card, and who took it over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.groups.card_permissions import visible_adoptions, visible_cards
from straume.web.groups.models import Adoption, PracticeCard
from straume.web.groups.registry import card_sections
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.thread import Knot, Strand, section, strands, tie_by, ties


def register() -> None:
    strands.register(
        "card",
        Strand(
            code="card",
            label=gettext_lazy("Practice cards"),
            knots=cards,
            none_yet=gettext_lazy("No practice card yet. Write one, so that others can do it, too."),
        ),
        order=60,
    )
    strands.register(
        "adoption",
        Strand(
            code="adoption",
            label=gettext_lazy("Who took it over"),
            knots=adoptions,
            none_yet=gettext_lazy("Nobody has taken it over yet."),
        ),
        order=70,
    )
    of_needs = PracticeCard.needs.through
    ties.register(
        "need-card", tie_by(of_needs, earlier=("need", "need_id"), later=("card", "practicecard_id"))
    )
    ties.register(
        "activity-card", tie_by(PracticeCard, earlier=("people", "activity_id"), later=("card", "pk"))
    )
    ties.register("card-adoption", tie_by(Adoption, earlier=("card", "card_id"), later=("adoption", "pk")))
    ties.register(
        "adoption-variant", tie_by(PracticeCard, earlier=("adoption", "came_from_id"), later=("card", "pk"))
    )
    card_sections.register(
        "thread", lambda card, person, today: section("card", card.pk, person=person, today=today), order=90
    )


def cards(keys: Collection[int], person: Person, today: date) -> Iterable[Knot]:
    """Published ones, and drafts of one's own institution."""
    if not memberships_of(person, today).exists():
        return
    for card in visible_cards(person, today).filter(pk__in=keys):
        yield Knot(
            kind="card",
            pk=card.pk,
            title=card.title,
            url=card.get_absolute_url(),
            on=card.made_at.date(),
            note=str(card.institution),
            badge=_("Simulated, not real data") if card.is_simulated else "",
        )


def adoptions(keys: Collection[int], person: Person, today: date) -> Iterable[Knot]:
    """Of cards that the person may read."""
    if not memberships_of(person, today).exists():
        return
    for adoption in visible_adoptions(person, today).filter(pk__in=keys):
        yield Knot(
            kind="adoption",
            pk=adoption.pk,
            title=f"{adoption.institution}" + (f", {adoption.unit}" if adoption.unit else ""),
            url=adoption.get_absolute_url(),
            on=adoption.began_on,
            note=f"{adoption.card.title} · {adoption.get_state_display()}",
            badge=_("Simulated, not real data") if adoption.is_simulated else "",
        )
