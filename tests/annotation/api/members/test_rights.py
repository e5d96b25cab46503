"""A script reads what each role may do."""

import pytest
from django.test import Client

from annotation.access.rights import rights_in
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db


def test_the_call_has_the_rows_of_the_page(client: Client) -> None:
    project = make_project()
    client.force_login(make_member(project, "ana"))
    rows = client.get("/api/v1/projects/study/rights/").json()
    assert rows == [
        {"right": str(right.words), "roles": sorted(right.roles), "yours": "annotator" in right.roles}
        for right in rights_in(project)
    ]
