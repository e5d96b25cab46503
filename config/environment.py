"""Values of the environment's variables. A wrong one is refused with its name."""

import os

from django.core.exceptions import ImproperlyConfigured


def boolean(name: str) -> bool:
    value = os.environ.get(name, "0").lower()
    if value not in ("0", "1", "true", "false"):
        raise ImproperlyConfigured(f"{name} is {value!r}: expected 0, 1, true or false")
    return value in ("1", "true")


def whole_number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {value!r}: expected a whole number")
    return int(value)


def one_of(name: str, default: str, *others: str) -> str:
    value = os.environ.get(name) or default
    if value not in (default, *others):
        raise ImproperlyConfigured(f"{name} is {value!r}: expected {' or '.join((default, *others))}")
    return value


def listed(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]
