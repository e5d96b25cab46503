"""Scorers are compared on the responses that all of them score, with the differences of each measure."""

import pytest

from annotation.errors import Refused
from annotation.flow.check import compare_scorers, compared_as_text
from annotation.models import Project
from tests.annotation.flow.check.scorer_files import keep
from tests.factories import judged, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[4, 4, 4], [2, 2, 2], [5, 5, 5]])
    return project


def test_only_shared_responses_count_and_differences_are_of_the_first_less_the_second(project: Project) -> None:
    near = keep(project, (1, 4), (2, 2), (3, 6), scorer="near").scorer
    far = keep(project, (1, 2), (2, 2), (3, "none"), scorer="far").scorer
    compared = compare_scorers(project, [near, far])
    assert (compared["labels"], compared["shared"], compared["split"], compared["release"]) == (3, 2, "all", None)
    assert [(one["scorer"], one["scored"], one["overall"]["mae"]["value"]) for one in compared["scorers"]] == [
        ("near", 3, 0.0),
        ("far", 2, 1.0),
    ]
    [difference] = compared["differences"]
    assert (difference["first"], difference["second"], difference["overall"]["mae"]["value"]) == ("near", "far", -1.0)
    assert set(compared["baselines"]) == {"mean", "commonest", "shuffled"}


def test_one_scorer_or_the_same_twice_is_refused(project: Project) -> None:
    near = keep(project, (1, 4), scorer="near").scorer
    for scorers in ([], [near], [near, near]):
        with pytest.raises(Refused, match="expected 2 to 6 different ones"):
            compare_scorers(project, scorers)


def test_the_table_to_copy_has_the_guesses_below_the_scorers_and_escapes_names(project: Project) -> None:
    scorers = [keep(project, (1, 4), (2, 2), (3, 4), scorer=name).scorer for name in ("a_1", "b|2")]
    compared = compare_scorers(project, scorers)
    markdown, latex = (compared_as_text(compared, form) for form in ("markdown", "latex"))
    rows = [line.split("|")[1].strip() for line in markdown.splitlines() if line.startswith("| ")]
    assert rows[-3:] == ["Always the mean", "Always the commonest", "Shuffled labels"]
    assert "(3 responses)" in markdown
    assert "a\\_1" in latex
