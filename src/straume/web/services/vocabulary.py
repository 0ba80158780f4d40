"""Code lists of the catalogue, with the addresses that CPSV-AP 3.2 recommends for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models.institutions import Country

EU = "http://publications.europa.eu/resource/authority/"


class Clock(models.TextChoices):
    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class Status(models.TextChoices):
    """adms:status of a service."""

    ACTIVE = "active", pgettext_lazy("service", "In use")
    PREPARED = "prepared", _("Being prepared")
    REPLACED = "replaced", _("Replaced by another")
    WITHDRAWN = "withdrawn", _("No longer given")


STATUS_URI = {
    Status.ACTIVE: "http://purl.org/adms/status/Completed",
    Status.PREPARED: "http://purl.org/adms/status/UnderDevelopment",
    Status.REPLACED: "http://purl.org/adms/status/Deprecated",
    Status.WITHDRAWN: "http://purl.org/adms/status/Withdrawn",
}


class Theme(models.TextChoices):
    """Thematic areas as a town hall divides its services."""

    TAXES = "taxes", _("Taxes and fees")
    SOCIAL = "social", _("Social support")
    BUILDING = "building", _("Building and land")
    ENVIRONMENT = "environment", _("Environment and greenery")
    CIVIL = "civil", _("Civil status and residence")
    EDUCATION = "education", _("Education and children")
    CULTURE = "culture", _("Culture, sport and tourism")
    TRANSPORT = "transport", _("Roads and transport")
    BUSINESS = "business", _("Business and trade")
    SAFETY = "safety", _("Safety and order")
    CONTACT = "contact", _("Requests and information")
    OTHER = "other", _("Other")


# The EU's data themes, which CPSV-AP recommends for cv:sector.
SECTOR_OF_THEME = {
    Theme.TAXES: "ECON",
    Theme.SOCIAL: "SOCI",
    Theme.BUILDING: "REGI",
    Theme.ENVIRONMENT: "ENVI",
    Theme.CIVIL: "SOCI",
    Theme.EDUCATION: "EDUC",
    Theme.CULTURE: "EDUC",
    Theme.TRANSPORT: "TRAN",
    Theme.BUSINESS: "ECON",
    Theme.SAFETY: "JUST",
    Theme.CONTACT: "GOVE",
    Theme.OTHER: "GOVE",
}


class Cofog(models.TextChoices):
    """Divisions of the Classification of the Functions of Government (1999)."""

    GENERAL = "01", _("01 General public services")
    DEFENCE = "02", _("02 Defence")
    ORDER = "03", _("03 Public order and safety")
    ECONOMY = "04", _("04 Economic affairs")
    ENVIRONMENT = "05", _("05 Environmental protection")
    HOUSING = "06", _("06 Housing and community amenities")
    HEALTH = "07", _("07 Health")
    CULTURE = "08", _("08 Recreation, culture and religion")
    EDUCATION = "09", _("09 Education")
    SOCIAL = "10", _("10 Social protection")


# Authority table "main activity" of the Publications Office follows COFOG's divisions.
COFOG_URI = {
    Cofog.GENERAL: EU + "main-activity/gen-pub",
    Cofog.DEFENCE: EU + "main-activity/defence",
    Cofog.ORDER: EU + "main-activity/pub-os",
    Cofog.ECONOMY: EU + "main-activity/econ-aff",
    Cofog.ENVIRONMENT: EU + "main-activity/env-pro",
    Cofog.HOUSING: EU + "main-activity/hc-am",
    Cofog.HEALTH: EU + "main-activity/health",
    Cofog.CULTURE: EU + "main-activity/rcr",
    Cofog.EDUCATION: EU + "main-activity/education",
    Cofog.SOCIAL: EU + "main-activity/soc-pro",
}


class ChannelKind(models.TextChoices):
    COUNTER = "counter", _("In person")
    ONLINE = "online", _("Online")
    EMAIL = "email", _("E-mail")
    POST = "post", pgettext_lazy("channel", "Post")
    PHONE = "phone", _("Telephone")
    OTHER = "other", pgettext_lazy("channel", "Other")


class OutputKind(models.TextChoices):
    """The values that CPSV-AP names for an output."""

    DECLARATION = "declaration", _("Declaration")
    OBJECT = "physical-object", _("Physical object")
    CODE = "code", pgettext_lazy("output", "Code")
    OBLIGATION = "financial-obligation", _("Financial obligation")
    BENEFIT = "financial-benefit", _("Financial benefit")
    RECOGNITION = "recognition", _("Recognition")
    PERMIT = "permit", _("Permit")


class EventKind(models.TextChoices):
    LIFE = "life", _("Life event")
    BUSINESS = "business", _("Business event")


COUNTRY_URI = {Country.LV: EU + "country/LVA", Country.LT: EU + "country/LTU"}
LANGUAGE_URI = {"lv": EU + "language/LAV", "lt": EU + "language/LIT", "en": EU + "language/ENG"}
