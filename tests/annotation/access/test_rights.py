"""The table of rights says who decides by the project's own rules, and leaves no role out."""

import pytest

from annotation.access.rights import rights_in
from annotation.flow.adjudicate.rules import put_in_force
from annotation.models import Project, Role
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
DECIDE = "Decide disputes, after scoring them blind"


def decide(project: Project) -> set[str]:
    return next(set(right.roles) for right in rights_in(project) if str(right.words) == DECIDE)


def test_who_decides_follows_the_rules() -> None:
    project = make_project()
    before = decide(project)
    lea = make_member(project, "lea", "manager")
    put_in_force(project=project, by=lea, changes={"deciders": "managers"})
    assert (before, decide(Project.objects.get())) == ({"adjudicator"}, set(project.rules.deciding_roles))


def test_each_role_may_do_something_and_every_role_is_known() -> None:
    named = {role for right in rights_in(make_project()) for role in right.roles}
    assert named == set(Role.values)
