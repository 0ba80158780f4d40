"""What can be wrong with a cluster, and with a log that is to be read on one."""

from __future__ import annotations

from straume.words.problem_text import Text
from straume.words.problem_text import marked as _

CLUSTER: dict[str, Text] = {
    "engine_unknown": Text(
        _("“{engine}” names no engine."),
        _("Write spark://host:7077, or local[2] to try it on this machine."),
    ),
    "spark_missing": Text(
        _("Spark is not installed here."),
        _('Install it with: pip install "straume[spark]" (about 470 MB).'),
    ),
    "java_missing": Text(
        _("Spark needs Java 17, and there is none here."),
        _("Install it with: apt-get install openjdk-17-jre-headless."),
    ),
    "cluster_unreachable": Text(
        _("The cluster {engine} does not answer."),
        _("Check that its master runs and that this machine can reach it."),
    ),
    "no_column_within": Text(
        _("The log has no column “{column}”."),
        _("Check how it is written; folders such as municipality=Utena count as columns too."),
    ),
    "times_not_typed": Text(
        _("On a cluster a column of times has to hold timestamps, not text or numbers."),
        _("Write the column as timestamps (in microseconds, with a time zone) when you make the Parquet."),
    ),
    "parquet_nanoseconds": Text(
        _("The Parquet file holds times in nanoseconds, which Spark does not read."),
        _("Write them in microseconds."),
    ),
    "only_parquet_on_cluster": Text(
        _("On a cluster only Parquet is read."),
        _("Write the log as Parquet, or leave out --engine."),
    ),
}
