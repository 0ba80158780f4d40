"""Sign-in by code and the second factors; allauth's password and sign-up pages have no address here."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path

from straume.web.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", allauth.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/link/", views.to_sign_in, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("sign-up/", views.to_sign_in, name="account_signup"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("security/", include("allauth.mfa.urls")),
    path("language/", views.language, name="language"),
    path("me/name/", views.my_name, name="my_name"),
]
