"""A member's script lists its projects; a manager's reads the agreement report and its text for a paper."""

import pytest
from django.test import Client

from annotation.flow.agree import agreement_report
from annotation.flow.agree.report import read_resamples
from tests.factories import judged, make_member, make_project

pytestmark = pytest.mark.django_db


def test_a_members_projects_are_listed_with_their_role(client: Client) -> None:
    study, other = make_project(title="The study"), make_project(slug="other", rubrics=["small"])
    make_project(slug="elsewhere", rubrics=["small"])
    make_member(study, "lea", "manager")
    client.force_login(make_member(other, "lea"))
    assert client.get("/api/v1/projects/").json() == [
        {"slug": "other", "title": "other", "role": "annotator", "roles": ["annotator"]},
        {"slug": "study", "title": "The study", "role": "manager", "roles": ["manager"]},
    ]


def test_a_project_is_listed_once_with_all_roles_the_main_one_first(client: Client) -> None:
    client.force_login(make_member(make_project(title="The study"), "lea", "adjudicator", also=["manager", "expert"]))
    roles = ["manager", "adjudicator", "expert"]
    assert client.get("/api/v1/projects/").json() == [{"slug": "study", "title": "The study", "role": "manager", "roles": roles}]


def test_the_report_and_the_paper_are_those_of_the_project(client: Client) -> None:
    project = make_project()
    judged(project, [[1, 2, 2], [4, 4, 5]])
    client.force_login(make_member(project, "lea", "manager"))
    report = client.get("/api/v1/projects/study/agreement/?by=system&resamples=0")
    assert report.json() == agreement_report(project, ["system"], read_resamples(0, 0))
    paper = client.get("/api/v1/projects/study/agreement/paper/?form=markdown&resamples=0").json()
    assert (paper["form"], paper["paper"].count("Krippendorff") > 0) == ("markdown", True)


@pytest.mark.parametrize(
    ("path", "status"), [("?by=mood", 400), ("?resamples=7", 400), ("paper/?form=song", 400), ("?by=system&resamples=0", 200)]
)
def test_a_grouping_a_form_or_a_number_that_is_unknown_is_refused(client: Client, path: str, status: int) -> None:
    client.force_login(make_member(make_project(), "lea", "manager"))
    assert client.get(f"/api/v1/projects/study/agreement/{path}").status_code == status
