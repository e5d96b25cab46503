"""Every event has a sentence, whatever its details hold."""

from typing import Any

import pytest
from django.utils import timezone

from annotation.flow.history import Happening, sentence
from annotation.models import Event, User

ANA, BO = User(username="ana"), User(username="bo")


@pytest.mark.parametrize("verb", Event.Verb.values)
def test_every_event_is_told_with_who_and_without_its_code(verb: str) -> None:
    text = sentence(Happening(timezone.now(), verb, ANA, details={}))
    assert ("ana" in text, "_" in text, text[-1]) == (True, False, ".")


CASES: list[tuple[str, User | None, dict[str, Any], str]] = [
    ("member_added", None, {"username": "uma", "role": "annotator"}, "The command line added uma to the project as annotator."),
    (
        "role_changed",
        ANA,
        {"username": "uma", "role": ["annotator", "manager"]},
        "ana changed the role of uma from annotator to manager.",
    ),
    ("cohort_changed", ANA, {"cohort": "experts", "from": None}, "ana saved the cohort experts."),
    ("cohort_deleted", ANA, {"cohort": "experts"}, "ana deleted the cohort experts."),
    ("cohort_of_member", ANA, {"username": "uma", "cohort": "experts"}, "ana put uma in the cohort experts."),
    (
        "cohort_of_member",
        None,
        {"username": "uma", "cohort": "", "former": "crowd"},
        "The command line took uma out of the cohort crowd.",
    ),
    ("rubric_moved", ANA, {"old": "a@1", "new": "a@2", "moving": 3}, "ana moved the project from a@1 to a@2."),
    ("reference_written", ANA, {"query": "Q1", "level": 3}, "ana wrote a reference answer of level 3 to Q1."),
    ("reference_approved", ANA, {"query": "Q1", "level": 3}, "ana approved the reference answer of level 3 to Q1."),
    ("kept", ANA, {"queries": ["Q1", "Q2"]}, "ana kept Q1 and Q2 as different queries."),
    ("merged", ANA, {"query": "Q1", "into": "100 %"}, "ana merged the query Q1 into 100 %."),
    ("further_asked", None, {}, "One more annotator was asked for, as the project's rules say."),
    (
        "token_made",
        None,
        {"username": "bo", "key": "0123abcd", "days": 9},
        "The command line made a token for bo: 0123abcd…, for 9 days.",
    ),
    ("adjudicated", ANA, {"second": True}, "ana decided the case a second time, for comparison."),
    ("case_handed_over", ANA, {"to": "bea"}, "ana handed the case over to bea."),
    ("exported", None, {"responses": 4, "filter": {}}, "The command line exported 4 responses with their ratings."),
    ("retracted", ANA, {"version": 2, "text": "Wrong."}, "ana retracted release 2."),
    ("job_cancelled", ANA, {"job": 1, "kind": "release", "file": ""}, "ana cancelled the job: make a release."),
    ("job_retried", ANA, {"job": 1, "kind": "load_items", "file": "a.zip"}, "ana started the job for a.zip again."),
    ("submitted", ANA, {"imported": True}, "Scores of ana were imported."),
    ("submitted", ANA, {"imported": False}, "ana submitted scores."),
    ("revised", ANA, {"revision": 3, "answers_return": True}, "ana answered the return with revision 3."),
]


@pytest.mark.parametrize(("what", "by", "details", "expected"), CASES, ids=[case[3] for case in CASES])
def test_the_sentence_has_what_the_details_hold(what: str, by: User | None, details: dict[str, Any], expected: str) -> None:
    assert sentence(Happening(timezone.now(), what, by, details=details)) == expected


def test_a_lease_that_ran_out_hides_who_came_next_where_the_reader_may_not_know() -> None:
    happening = Happening(timezone.now(), Event.Verb.LEASE_LAPSED, BO, about=ANA)
    assert sentence(happening) == "The time of ana ran out, and the response went to bo."
    hidden = sentence(happening, lambda user: "You" if user == ANA else "")
    assert hidden == "The time ran out, and the response went to someone else."
