import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "straume.web.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    """Load the library with its compiled kernels now, so that no request waits for it."""
    from straume.web.studies.scenario_analysis import warm_up

    warm_up()
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not look through it again while people wait


threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
