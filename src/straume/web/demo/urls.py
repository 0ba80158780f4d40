from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.demo import views

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.roles, name="roles"),
    path("mail/", views.mail, name="mail"),
    path("sign-in/<str:token>/", views.sign_in, name="sign_in"),
]
