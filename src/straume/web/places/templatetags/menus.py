"""The bar below the main menu, and the tabs of a family within it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from straume.web.places.registry import SubmenuItem, submenu

register = template.Library()


@register.inclusion_tag("components/submenu.html", takes_context=True)
def parts_of_menu(context: dict[str, Any]) -> dict[str, Any]:
    """A bar of the page's part of the menu; where the page belongs to a family, the family as tabs."""
    request, nav, here = context.get("request"), context.get("nav"), context.get("subnav")
    if request is None or not nav:
        return {}
    today = timezone.localdate()
    shown = [item for item in submenu if item.nav == nav and item.shown(request.user, today)]
    family = next((item.head for item in shown if item.code == here), "")
    return {
        "bar": [(item, item.head == family) for item in first_of_each(shown)],
        "tabs": [(item, item.code == here) for item in shown if item.head == family],
        "here": here,
    }


def first_of_each(items: list[SubmenuItem]) -> list[SubmenuItem]:
    """Of each family the one that stands in the bar: its head, or the first one where that is not shown."""
    found: dict[str, SubmenuItem] = {}
    for item in items:
        if item.head not in found or item.code == item.head:
            found[item.head] = item
    return list(found.values())
