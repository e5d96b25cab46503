"""What the database refuses of cohorts, and of who is in them."""

from collections.abc import Callable
from typing import Any

from annotation.models import Cohort, CohortCategory, CohortLanguage, CohortMember, Participation
from tests.annotation.models.rows import again, change
from tests.factories import make_member, make_project

Provoke = Callable[[Any], Any]


def cohort(w: Any) -> Cohort:
    return Cohort.objects.create(project=w.project, name="experts")


def foreign(w: Any) -> Cohort:
    return Cohort.objects.create(project=make_project(slug="foreign", rubrics=[w.task.rubric.name]), name="experts")


def member(w: Any, of: Cohort) -> CohortMember:
    participation = Participation.objects.get(user=make_member(w.project, "zoe"))
    return CohortMember.objects.create(participation=participation, cohort=of)


CONSTRAINTS: dict[str, Provoke] = {
    "cohort_once": lambda w: again(cohort(w)),
    "cohort_with_a_name": lambda w: change(cohort(w), name=""),
    "cohort_category_once": lambda w: again(CohortCategory.objects.create(cohort=cohort(w), category="x")),
    "cohort_language_once": lambda w: again(CohortLanguage.objects.create(cohort=cohort(w), language="fr")),
}
TRIGGERS: dict[str, Provoke] = {"cohort_member_of_its_project": lambda w: member(w, foreign(w))}
WATCHED: dict[tuple[str, str], Provoke] = {
    ("cohort_member_of_its_project", "INSERT"): lambda w: member(w, foreign(w)),
    ("cohort_member_of_its_project", "UPDATE"): lambda w: change(member(w, cohort(w)), cohort=foreign(w)),
}
