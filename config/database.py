"""How connections to the database are set up."""

from typing import Any

import dj_database_url

SQLITE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000"
# Planning a short query costs as much as carrying it out: what a connection asks again, the server keeps planned.
PLANNED = {"server_side_binding": True, "prepare_threshold": 3}


def database_settings(url: str, *, serving: bool) -> dict[str, Any]:
    """`serving`: somebody waits for each answer; commands and the worker may wait longer.

    A thread keeps its connection, since to open one costs as much as a small request, and asks each time whether it still holds:
    a request after PostgreSQL was away gets a new one. While it is away to connect fails at once, where a pool would have each
    wait.
    """
    parsed = dict(dj_database_url.parse(url))
    if str(parsed["ENGINE"]).endswith("sqlite3"):
        parsed["ENGINE"] = "config.sqlite"
        options: dict[str, Any] = {
            "transaction_mode": "IMMEDIATE",  # a writer waits for its turn at the start, not in the middle
            "timeout": 4 if serving else 60,  # seconds for a lock
            "init_command": SQLITE,
        }
    else:
        options = {
            **PLANNED,
            "connect_timeout": 3,  # seconds, to a machine that does not answer
            "tcp_user_timeout": 4000,  # milliseconds, of one that has ceased to
        }
        if serving:
            options |= {"options": "-c lock_timeout=4s"}
    return parsed | {"OPTIONS": options, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
