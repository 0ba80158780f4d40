"""A Spark cluster of one master and two workers on this machine, in processes and a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

WORKERS = 2


class LocalCluster:
    """Started by `with`; every process that it started has ended when the block is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def engine(self) -> str:
        return f"spark://localhost:{self.port}"

    @property
    def processes(self) -> tuple[int, ...]:
        return (self._master.pid, *(worker.pid for worker in self.workers))

    def __enter__(self) -> LocalCluster:
        self._master = self._start(
            "master.Master", "--host", "localhost", "--port", str(self.port), "--webui-port", "0"
        )
        _wait_for(self.port)
        self.workers = [self.start_worker() for _number in range(WORKERS)]
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self._master):
            _end(process)

    def start_worker(self) -> subprocess.Popen[bytes]:
        place = self.folder / f"worker{len(list(self.folder.glob('worker*')))}"
        place.mkdir()
        return self._start(
            *("worker.Worker", "--host", "localhost", "--cores", "1", "--memory", "1g"),
            *("--webui-port", "0", "--work-dir", str(place), self.engine),
        )

    def kill_a_worker(self) -> None:
        """As when a machine loses its power: the worker and all that it runs are gone at once."""
        _end(self.workers.pop())

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        import pyspark

        home = Path(pyspark.__file__).parent
        with (self.folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(
                ["java", "-Xmx256m", "-cp", f"{home}/jars/*", f"org.apache.spark.deploy.{what}", *arguments],
                env={**os.environ, **ENVIRONMENT, "SPARK_HOME": str(home)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


ENVIRONMENT = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_LOCAL_HOSTNAME": "localhost",
    "SPARK_SCALA_VERSION": "2.13",
    "PYSPARK_PYTHON": sys.executable,
}
SETTINGS = {
    "spark.executor.memory": "700m",
    "spark.driver.host": "localhost",
    "spark.sql.shuffle.partitions": "4",
}


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the master did not answer within a minute")
