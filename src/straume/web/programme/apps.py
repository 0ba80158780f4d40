from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "straume.web.programme"
    label = "programme"
    verbose_name = _("Programme")

    def ready(self) -> None:
        from straume.web.places.registry import foot
        from straume.web.programme import thread
        from straume.web.programme.elsewhere import (
            attendance,
            certificates,
            choosing,
            coaching,
            evaluation,
            nomination,
            structure,
        )
        from straume.web.programme.foot import co_financing

        foot.register("co-financing", co_financing)
        choosing.register()
        structure.register()
        nomination.register()
        attendance.register()
        certificates.register()
        evaluation.register()
        coaching.register()
        thread.register()
