"""How often somebody who is not signed in may ask; counted by all processes together (decision 21)."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def asks_too_often(request: HttpRequest, *, what: str, at_most: int, seconds: int) -> bool:
    """Whether this is more than `at_most` times `what` from one address of the network in `seconds`.

    The address stands in the cache as part of a keyed hash alone (accounts/cache_keys.py).
    """
    key = f"{what}:{get_adapter().get_client_ip(request)}"
    if cache.add(key, 1, seconds):
        return at_most < 1
    try:
        return bool(cache.incr(key) > at_most)
    except ValueError:  # ended between the two
        return False
