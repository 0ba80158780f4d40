"""Projects, work packages, cycles and activities."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from straume.web.programme.views import activities, projects

urlpatterns: list[URLPattern | URLResolver] = [
    path("", activities.activities, name="activities"),
    path("month/", activities.month, name="month"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("work-packages/<int:pk>/", projects.work_package, name="work_package"),
    path("cycles/<int:pk>/", projects.cycle, name="cycle"),
]
