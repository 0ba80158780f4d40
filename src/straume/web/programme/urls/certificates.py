"""Certificates, and what a person has of their own: tickets and certificates."""

from __future__ import annotations

from django.urls import URLPattern, path

from straume.web.programme.views import certificates, own

urlpatterns: list[URLPattern] = [
    path("activities/<int:pk>/certificates/", certificates.of_activity, name="activity_certificates"),
    path("activities/<int:pk>/certificates/rule/", certificates.rule_of_activity, name="activity_rule"),
    path("cycles/<int:pk>/certificates/", certificates.of_cycle, name="cycle_certificates"),
    path("cycles/<int:pk>/certificates/rule/", certificates.rule_of_cycle, name="cycle_rule"),
    path("certificates/<int:pk>/again/", certificates.again, name="certificate_again"),
    path("certificates/<int:pk>/revoke/", certificates.revoke, name="certificate_revoke"),
    path("my-tickets/", own.my_tickets, name="my_tickets"),
    path("my-certificates/", own.my_certificates, name="my_certificates"),
    path("my-certificates/<slug:number>.<slug:form>", own.certificate, name="certificate_file"),
]
