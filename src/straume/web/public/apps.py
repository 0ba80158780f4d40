from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicConfig(AppConfig):
    name = "straume.web.public"
    label = "public"
    verbose_name = _("Public pages")

    def ready(self) -> None:
        from straume.web.public import elsewhere

        elsewhere.register()
