from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from straume.web.services.views import offers, rdf, services

app_name = "services"
PART = r"(?P<pk>\d+)/(?P<kind>laws|deadlines|channels|costs|inputs|outputs)/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", services.services, name="services"),
    path("add/", services.add_service, name="add_service"),
    path("import/", rdf.import_file, name="import"),
    path("import/<int:pk>/", rdf.import_preview, name="import_preview"),
    re_path(r"^catalogue\.(?P<kind>ttl|jsonld|rdf)$", rdf.catalogue_rdf, name="catalogue_rdf"),
    re_path(r"^(?P<pk>\d+)\.(?P<kind>ttl|jsonld|rdf)$", rdf.service_rdf, name="service_rdf"),
    path("<int:pk>/", services.service, name="service"),
    path("<int:pk>/change/", services.change_service, name="change_service"),
    path("<int:pk>/delete/", services.delete_service, name="delete_service"),
    re_path(rf"^{PART}add/$", services.add_part, name="add_part"),
    re_path(rf"^{PART}(?P<part_pk>\d+)/$", services.change_part, name="change_part"),
    path("<int:pk>/offers/add/", offers.add_offer, name="add_offer"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/change/", offers.change_offer, name="change_offer"),
    path("offers/<int:pk>/delete/", offers.delete_offer, name="delete_offer"),
    path("offers/<int:pk>/years/add/", offers.add_demand, name="add_demand"),
    path("offers/<int:pk>/years/<int:demand_pk>/", offers.change_demand, name="change_demand"),
    path("offers/<int:pk>/acts/add/", offers.add_local_act, name="add_local_act"),
    path("offers/<int:pk>/acts/<int:act_pk>/", offers.change_local_act, name="change_local_act"),
]
