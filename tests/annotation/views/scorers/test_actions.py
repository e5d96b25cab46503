"""A scorer is withdrawn with a reason, which its page then says."""

import pytest
from django.test import Client

from annotation.models import Project
from tests.annotation.flow.check.scorer_files import keep
from tests.annotation.views.scorers.test_listing import NEAR, PAGE
from tests.markup import words

pytestmark = pytest.mark.django_db


def test_a_scorer_is_withdrawn_with_its_reason_once(lea: Client, project: Project) -> None:
    scorer = keep(project, *NEAR).scorer
    address = f"{PAGE}{scorer.pk}/"
    refused = lea.post(f"{address}withdraw/", {"reason": " "})
    assert (refused.status_code, "Say why you withdraw it." in refused.text) == (400, True)
    answer = lea.post(f"{address}withdraw/", {"reason": "Wrong file."}, follow=True)
    page = words(answer.text)
    assert "judge is withdrawn." in page
    assert "Wrong file." in page
    assert "Withdraw this scorer" not in page
    again = lea.post(f"{address}withdraw/", {"reason": "Again."}, follow=True)
    assert "judge is withdrawn already." in words(again.text)
