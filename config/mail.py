"""Where mail goes: EMAIL_URL as Django's settings. Without it, mails are written to standard error."""

import sys
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.console import EmailBackend

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class Mail(NamedTuple):
    """Django's settings of the same names, which begin with EMAIL_."""

    backend: str
    host: str = ""
    port: int = 25
    host_user: str = ""
    host_password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


class OnStandardError(EmailBackend):
    """Standard output is for what commands print with --json."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"stream": sys.stderr, **kwargs})


def mail_settings(url: str) -> Mail:
    """Raises ImproperlyConfigured."""
    if not url:
        return Mail("config.mail.OnStandardError")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        port, parts = None, urlsplit("")
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL: expected smtp://, smtp+tls:// or smtps:// with a host, as in smtps://me:secret@host"
        )
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        host_user=unquote(parts.username or ""),
        host_password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
    )
