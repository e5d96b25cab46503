"""Django's LOGGING. The filter and the formatters stand in config/http/logs.py, which is imported after the settings."""

from typing import Any


def logging_settings(format: str) -> dict[str, Any]:
    """`lines` for people: what went wrong; `json` for machines: a line for each answer, too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"shared": {"()": "config.http.logs.Shared"}},
        "formatters": {
            "lines": {
                "()": "config.http.logs.WithoutValues",
                "format": "{asctime} {levelname} {name} {message} {request_id}",
                "style": "{",
            },
            "json": {
                "()": "config.http.logs.JsonLines",
                "format": "{asctime}{levelname}{name}{message}{request_id}",
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                "style": "{",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": format, "filters": ["shared"]}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "sixpoint.accounts": {"level": "INFO"},
            "django.request": {"level": "ERROR"},  # the line of an answer has its status
            "sixpoint.requests": {"level": "INFO" if format == "json" else "WARNING"},
        },
    }
