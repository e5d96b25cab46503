"""What stands in each line of the log: as lines for people, or with LOG_FORMAT=json as one JSON object a line, for machines.

No line names a person: of an address that failed the log has the pattern, of a failed sign-in only that it failed, and of what
PostgreSQL says of a refused row not its values."""

import logging
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from config.http.requests import current_id, route_of


class Shared(logging.Filter):
    """Adds the id of the request, and puts the pattern in the place of the address in what Django says of an answer."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id.get()
        request = getattr(record, "request", None)
        if request is not None:
            del record.request  # type: ignore[attr-defined]  # else it would be written as text, with its address
            if isinstance(record.args, tuple) and record.args:
                record.args = (*record.args[:-1], f"/{route_of(request)}")
        return True


class WithoutValues(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        return "\n".join(line for line in super().formatException(ei).splitlines() if not line.startswith("DETAIL:"))


class JsonLines(WithoutValues, JsonFormatter):
    pass


def nobody(*_of_the_attempt: Any) -> str:
    """How a failed sign-in names who tried (AXES_CLIENT_STR_CALLABLE)."""
    return "somebody"
