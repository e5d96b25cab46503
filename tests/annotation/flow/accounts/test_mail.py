"""A link is mailed in the reader's words; a mail that fails fails nothing else."""

from typing import Any

import pytest
from django.core import mail

from annotation.flow.accounts.mail import mail_invitation

TOLD = {"email": "ana@example.org", "project": "A\nstudy", "role": "annotator", "link": "https://here/x/"}


def test_an_invitation_is_sent_with_its_link() -> None:
    assert mail_invitation(**TOLD)
    [sent] = mail.outbox
    assert (sent.to, sent.subject, "https://here/x/" in str(sent.body)) == (["ana@example.org"], "Invitation to A study", True)


def test_a_server_that_does_not_answer_is_told_without_the_address(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert not mail_invitation(**TOLD)
    assert [record.getMessage() for record in caplog.records] == ["mail not sent: ConnectionRefusedError"]
