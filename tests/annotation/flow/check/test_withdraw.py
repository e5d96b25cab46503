"""A withdrawn scorer stays with its reason."""

import pytest

from annotation.errors import AlreadyDone, ValidationError
from annotation.flow.check import withdraw
from annotation.models import Event, Scorer
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import make_member, make_project, responses

pytestmark = pytest.mark.django_db


def test_a_scorer_is_withdrawn_once_with_a_reason() -> None:
    project = make_project()
    responses(project)
    lea = make_member(project, "lea", "manager")
    scorer = keep(project, (1, 4)).scorer
    for reason, message in (
        (" ", "Say why you withdraw it."),
        (None, "Say why you withdraw it."),
        ("x" * 5001, "expected a text"),
    ):
        with pytest.raises(ValidationError, match=message):
            withdraw(scorer=scorer, reason=reason)
    withdraw(scorer=scorer, reason=" Wrong model. ", by=lea)
    assert (scorer.is_withdrawn, scorer.withdrawn_by, scorer.withdrawn_reason) == (True, lea, "Wrong model.")
    assert not Scorer.objects.standing().exists()
    event = Event.objects.get(verb="scorer_withdrawn")
    assert (event.by, event.data) == (lea, {"scorer": "judge", "reason": "Wrong model."})
    with pytest.raises(AlreadyDone, match="judge is withdrawn already"):
        withdraw(scorer=scorer, reason="Again.")
