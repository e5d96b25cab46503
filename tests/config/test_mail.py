"""EMAIL_URL becomes Django's settings, or is refused before anything is served."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import Mail, OnStandardError, mail_settings

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", Mail("config.mail.OnStandardError")),
        ("smtp://localhost", Mail(SMTP, "localhost", 25)),
        ("smtp+tls://me%40here:a%2Fb@mail.example:2525", Mail(SMTP, "mail.example", 2525, "me@here", "a/b", use_tls=True)),
        ("smtps://mail.example", Mail(SMTP, "mail.example", 465, use_ssl=True)),
    ],
)
def test_an_address_becomes_settings(url: str, expected: Mail) -> None:
    assert mail_settings(url) == expected


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://host:port", "smtp://["])
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL: expected smtp://"):
        mail_settings(url)


def test_mails_without_a_server_leave_standard_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    backend = OnStandardError()
    backend.stream.write("a mail")
    assert capsys.readouterr() == ("", "a mail")
