"""What people wrote in their own words: to those who run the programme, in no order, from five sheets on."""

from __future__ import annotations

from straume.lean.protect import SMALLEST_GROUP
from straume.web.programme.models import Activity, ReactionSheet, UseSheet


def words_of(activity: Activity) -> list[str]:
    """Of a closed round; ordered by the words themselves, which tell nothing of who came when."""
    sheets = ReactionSheet.objects.filter(round__activity=activity, round__closed_at__isnull=False)
    if sheets.count() < SMALLEST_GROUP:
        return []
    return sorted(sheets.exclude(words="").values_list("words", flat=True))


def use_words_of(activity: Activity, months: int) -> list[str]:
    """What people say they do differently, of a closed round; sorted for the same reason."""
    sheets = UseSheet.objects.filter(
        round__activity=activity, round__months=months, round__closed_at__isnull=False
    )
    if sheets.count() < SMALLEST_GROUP:
        return []
    return sorted(sheets.exclude(words="").values_list("words", flat=True))
