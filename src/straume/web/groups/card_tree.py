"""The adoption tree: a card, who took it up, the variants that came of it, and who took those up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from straume.web.groups import card_permissions
from straume.web.groups.models import Adoption, PracticeCard
from straume.web.places.models import Institution
from straume.web.places.permissions import Person


@dataclass(frozen=True)
class Branch:
    """One adoption in the tree; `variants` are the cards that came of it and that the reader may see."""

    adoption: Adoption
    variants: Sequence[Tree]

    @property
    def crosses_border(self) -> bool:
        return bool(self.adoption.institution.country != self.adoption.card.institution.country)


@dataclass(frozen=True)
class Tree:
    card: PracticeCard
    branches: Sequence[Branch]

    def walk(self) -> Iterator[tuple[int, Branch]]:
        """Each adoption with its generation: 1 took up the first card, 2 a variant of it, and so on."""
        for branch in self.branches:
            yield self.card.generation + 1, branch
            for variant in branch.variants:
                yield from variant.walk()

    def places(self) -> list[Institution]:
        """Every institution of the tree once, in the order of the walk; the origin first."""
        found = {self.card.institution_id: self.card.institution}
        for _generation, branch in self.walk():
            found.setdefault(branch.adoption.institution_id, branch.adoption.institution)
        return list(found.values())


def tree_of(card: PracticeCard, *, person: Person, today: date) -> Tree:
    """The whole tree that the card belongs to, from its root, as far as the reader may see it."""
    root = card.root_id or card.pk
    seen = card_permissions.visible_cards(person, today)
    cards = {one.pk: one for one in seen.filter(Q(pk=root) | Q(root=root))}
    if root not in cards:  # taken back since: the tree begins with the card that is seen
        root = card.pk
        cards.setdefault(card.pk, card)
    adoptions = defaultdict(list)
    found = Adoption.objects.filter(card__in=cards).select_related("institution", "unit", "card__institution")
    for adoption in found.order_by("began_on", "pk"):
        adoptions[adoption.card_id].append(adoption)
    variants = defaultdict(list)
    for one in cards.values():
        variants[one.came_from_id].append(one)
    return _grown(cards[root], adoptions, variants, frozenset())


def _grown(
    card: PracticeCard,
    adoptions: dict[int, list[Adoption]],
    variants: dict[int | None, list[PracticeCard]],
    above: frozenset[int],
) -> Tree:
    """`above` stops a walk round in a circle, which the model refuses to write, so that no page can hang."""
    above |= {card.pk}
    return Tree(
        card,
        [
            Branch(
                adoption,
                [
                    _grown(one, adoptions, variants, above)
                    for one in variants[adoption.pk]
                    if one.pk not in above
                ],
            )
            for adoption in adoptions[card.pk]
        ],
    )
