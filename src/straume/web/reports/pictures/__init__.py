"""Pictures of an assessment as SVG, for the page and for PDF, each with its name and description."""

from straume.lean.stream.layout import step_numbers
from straume.web.reports.pictures.arrivals import arrivals_chart
from straume.web.reports.pictures.charts import lead_times_chart
from straume.web.reports.pictures.ink import Ink, page, paper
from straume.web.reports.pictures.stream_map import Form, fitted_form, fitted_scale, stream_map
from straume.web.reports.pictures.thinning import thinned
from straume.web.reports.pictures.time_bar import KindOfTime, kinds_of_time, part_name, time_bar

__all__ = [
    "Form",
    "Ink",
    "KindOfTime",
    "arrivals_chart",
    "fitted_form",
    "fitted_scale",
    "kinds_of_time",
    "lead_times_chart",
    "page",
    "paper",
    "part_name",
    "step_numbers",
    "stream_map",
    "thinned",
    "time_bar",
]
