"""Projects, work packages, cycles and activities."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from straume.web.programme.views import activities, packages, parts, projects, running, visits

ONE = "activities/<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", activities.activities, name="activities"),
    path("month/", activities.month, name="month"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/add/", packages.add_project, name="add_project"),
    path("projects/<int:pk>/change/", packages.change_project, name="change_project"),
    path("projects/<int:pk>/partners/add/", packages.add_partner, name="add_partner"),
    path("projects/<int:pk>/partners/<int:partner_pk>/", packages.change_partner, name="change_partner"),
    path("projects/<int:pk>/lines/add/", packages.add_budget_line, name="add_budget_line"),
    path("projects/<int:pk>/lines/<int:line_pk>/", packages.change_budget_line, name="change_budget_line"),
    path("projects/<int:pk>/work-packages/add/", packages.add_work_package, name="add_work_package"),
    path("work-packages/<int:pk>/change/", packages.change_work_package, name="change_work_package"),
    path("work-packages/<int:pk>/cycles/add/", packages.add_cycle, name="add_cycle"),
    path("cycles/<int:pk>/change/", packages.change_cycle, name="change_cycle"),
    path("work-packages/<int:pk>/", projects.work_package, name="work_package"),
    path("cycles/<int:pk>/", projects.cycle, name="cycle"),
    path("activities/add/", running.add_activity, name="add_activity"),
    path(ONE, activities.activity, name="activity"),
    path(f"{ONE}change/", running.change_activity, name="change_activity"),
    path(f"{ONE}copy/", running.copy_activity, name="copy_activity"),
    path(f"{ONE}delete/", running.delete_activity, name="delete_activity"),
    re_path(
        r"^activities/(?P<pk>\d+)/to/(?P<to>planned|announced|held|complete|reported|cancelled)/$",
        running.move_activity,
        name="move_activity",
    ),
    path(f"{ONE}sessions/add/", parts.add_session, name="add_session"),
    path(f"{ONE}sessions/<int:session_pk>/", parts.change_session, name="change_session"),
    path(f"{ONE}sessions/<int:session_pk>/agenda/", parts.add_agenda_item, name="add_agenda_item"),
    path(f"{ONE}agenda/<int:item_pk>/", parts.change_agenda_item, name="change_agenda_item"),
    path(f"{ONE}speakers/add/", parts.add_speaker, name="add_speaker"),
    path(f"{ONE}speakers/<int:speaker_pk>/", parts.change_speaker, name="change_speaker"),
    path(f"{ONE}materials/add/", parts.add_material, name="add_material"),
    path(f"{ONE}materials/<int:material_pk>/", parts.material, name="material"),
    path(f"{ONE}materials/<int:material_pk>/delete/", parts.remove_material, name="remove_material"),
    path(f"{ONE}needs/add/", parts.add_need, name="add_activity_need"),
    path(f"{ONE}needs/<int:need_link_pk>/", parts.change_need, name="change_activity_need"),
    path(f"{ONE}hosts/add/", visits.add_host, name="add_host"),
    path(f"{ONE}hosts/<int:host_pk>/", visits.change_host, name="change_host"),
    path(f"{ONE}stops/add/", visits.add_stop, name="add_stop"),
    path(f"{ONE}stops/<int:stop_pk>/", visits.change_stop, name="change_stop"),
    re_path(
        r"^activities/(?P<pk>\d+)/programme-(?P<lang>lv|lt|en)\.pdf$",
        visits.day_programme,
        name="day_programme",
    ),
    path("needs/<int:pk>/activity/", parts.choose_for_need, name="choose_for_need"),
]
