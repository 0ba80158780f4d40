"""What needs put on the thread: its first link."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.needs.models import Need
from straume.web.needs.registry import need_sections
from straume.web.places import thread
from straume.web.places.permissions import Person, memberships_of


def register() -> None:
    strand = thread.Strand(code="need", label=gettext_lazy("Needs"), knots=needs)
    thread.strands.register("need", strand, order=10)
    need_sections.register(
        "thread",
        lambda need, person, today: thread.section("need", need.pk, person=person, today=today),
        order=5,
    )


def needs(keys: Collection[int], person: Person, today: date) -> Iterable[thread.Knot]:
    """Needs are common to the cooperation: whoever has a role today sees them."""
    if not memberships_of(person, today).exists():
        return
    for need in Need.objects.filter(pk__in=keys):
        yield thread.Knot(
            kind="need",
            pk=need.pk,
            title=need.title,
            url=need.get_absolute_url(),
            on=need.named_on,
            note=f"{need.get_kind_display()} · {need.get_status_display()}",
            badge=_("Simulated, not real data") if need.is_simulated else "",
        )
