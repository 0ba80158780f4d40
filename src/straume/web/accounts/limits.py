"""How often somebody who is not signed in may ask; counted by all processes together (decision 21).

The address of the network stands in the cache as part of a keyed hash alone (accounts/cache_keys.py).
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def asks_too_often(request: HttpRequest, *, what: str, at_most: int, seconds: int) -> bool:
    """Count one more `what` from this address; whether it is more than `at_most` in `seconds`."""
    return count(_key(request, what), seconds=seconds) > at_most


def asked_too_often(request: HttpRequest, *, what: str, at_most: int) -> bool:
    """Whether `at_most` times `what` from this address were counted already; this one is not counted."""
    return int(cache.get(_key(request, what), 0)) >= at_most


def count_one(request: HttpRequest, *, what: str, seconds: int) -> None:
    """One more `what` from this address, such as a wrong code; forgotten after `seconds`."""
    count(_key(request, what), seconds=seconds)


def count(key: str, *, seconds: int) -> int:
    """One more under the key; how many there are since it was counted first, at most `seconds` ago."""
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        cache.set(key, 1, seconds)
        return 1


def _key(request: HttpRequest, what: str) -> str:
    return f"{what}:{get_adapter().get_client_ip(request)}"
