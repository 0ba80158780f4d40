"""What is open to everybody, and the pages of those who decide what is."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.public.views import badges, learning, logos, open, publishing, sign_up, statements, verify

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("emblem.svg", logos.emblem, name="emblem"),
    path("open/", open.projects, name="projects"),
    path("open/<slug:code>/", open.project, name="project"),
    path("open/<slug:code>/calendar/", open.calendar, name="calendar"),
    path("open/<slug:code>/calendar.ics", open.calendar_file, name="calendar_file"),
    path("open/<slug:code>/activities/<int:pk>/", open.activity, name="activity"),
    path("open/<slug:code>/activities/<int:pk>.ics", open.activity_file, name="activity_file"),
    path("open/sign-up/<str:token>/", sign_up.confirm, name="confirm"),
    path("open/<slug:code>/activities/<int:pk>/sign-up/", sign_up.sign_up, name="sign_up"),
    path("open/<slug:code>/results/", open.results, name="results"),
    path("open/<slug:code>/logos/<int:logo_pk>/", logos.logo, name="logo"),
    path("learn/", learning.tools, name="learn"),
    path("learn/<slug:tool>/", learning.tool, name="tool"),
    path("learn/<slug:tool>/template/", learning.template, name="tool_template"),
    path("learn/<slug:tool>/template.xlsx", learning.template_file, name="tool_template_file"),
    path("learn/<slug:tool>/say/", learning.say_use, name="say_use"),
    path("learn/<slug:tool>/uses/<int:use_pk>/end/", learning.end_use, name="end_use"),
    path("publish/", publishing.choose, name="publishing"),
    path("publish/<int:project_pk>/", publishing.publicity, name="publicity"),
    path("publish/<int:project_pk>/change/", publishing.change_publicity, name="change_publicity"),
    path("publish/<int:project_pk>/stories/add/", publishing.add_story, name="add_story"),
    path("publish/<int:project_pk>/stories/<int:story_pk>/", publishing.change_story, name="change_story"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<slug:number>/", verify.verified, name="verified"),
    path("badges/keys.json", badges.keys, name="badge_keys"),
    path("badges/achievements/<int:pk>.json", badges.achievement, name="badge_achievement"),
    path("badges/<slug:slug>/issuer.json", badges.issuer, name="badge_issuer"),
    path("badges/<slug:slug>/did.json", badges.did, name="badge_did"),
    path("badges/<slug:slug>/status/<int:number>.jwt", badges.status, name="badge_status"),
]
