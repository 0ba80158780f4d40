"""A session on a Spark cluster, with what the results of this room rest on."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from typing import Any

from straume.lean.errors import WrongCall

ENGINES = r"(spark://\S+|local(\[\d+\])?)"
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, not a wrong number
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def is_engine(name: str) -> bool:
    """Whether this names a cluster: `spark://host:port`, or `local[n]` for trying things out."""
    return re.fullmatch(ENGINES, name) is not None


def connect(engine: str, *, settings: dict[str, str] | None = None) -> Any:
    """A SparkSession on this cluster.

    Parameters: engine – `spark://host:7077`, `local[2]`; settings – further `spark.…` settings, which win.
    Raises: WrongCall `engine_unknown`, `spark_missing`, `java_missing`, `cluster_unreachable`.
    """
    if not is_engine(engine):
        raise WrongCall("engine_unknown", engine=engine)
    if importlib.util.find_spec("pyspark") is None:
        raise WrongCall("spark_missing")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise WrongCall("java_missing")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers' Python, where nobody names another
    return _session(engine, {**_SETTINGS, **(settings or {})})


def _session(engine: str, settings: dict[str, str]) -> Any:
    from py4j.protocol import Py4JError  # the bridge to Java that pyspark brings
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(engine).appName("straume")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        return session.newSession()  # views and settings of its own
    except (Py4JError, PySparkException, OSError):
        raise WrongCall("cluster_unreachable", engine=engine) from None
