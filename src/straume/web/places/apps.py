from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "straume.web.places"
    label = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        from straume.web.places import checks  # noqa: F401  (registers the check)
        from straume.web.places.registry import MenuItem, menu

        menu.register("units", MenuItem(label=_("Units"), url_name="coverage", section="units"), order=30)
