"""What gunicorn reads by itself when it is started here: loopback only, threads for the waiting, two processes."""

import os
from pathlib import Path
from typing import Any

bind = "127.0.0.1:8000"
worker_class = "config.server.worker.BufferingWorker"
workers = 2
threads = 8  # each has a connection to the database
control_socket_disable = True  # its default place is shared by everything that one person runs


def on_starting(_server: Any) -> None:
    """The counts of requests begin anew: a file of each process that has ended would stay for ever. The settings are not imported
    here, in the process from which the others are made: they tell by config.wsgi whether somebody waits for answers."""
    for file in Path(os.environ.get("DATA_DIR") or "var", "metrics").glob("*.db"):
        file.unlink(missing_ok=True)
