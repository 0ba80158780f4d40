"""What we decide otherwise than allauth."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an institution's coordinator or administrator adds people by e-mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
