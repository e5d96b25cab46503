"""Cohorts of a project: named groups of its members, and what all of a cohort may score.

What somebody may score is what both their own limits and those of their cohort allow.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import Refused, ValidationError, quoted
from annotation.fields import text_fault
from annotation.flow.leave import membership_of
from annotation.flow.limits import categories_of, give_back_excluded, languages_of, names_fault
from annotation.limits import LONGEST_COHORT
from annotation.models import (
    Cohort,
    CohortCategory,
    CohortLanguage,
    CohortMember,
    Event,
    Membership,
    Participation,
    Project,
    User,
)


class CohortLimits(NamedTuple):
    """No categories are all categories, no languages all languages."""

    name: str
    categories: list[str]
    languages: list[str]


def limits_of_cohort(cohort: Cohort) -> CohortLimits:
    return CohortLimits(
        cohort.name,
        sorted(row.category for row in cohort.categories.all()),
        sorted(row.language for row in cohort.languages.all()),
    )


def cohorts_of(project: Project) -> list[dict[str, Any]]:
    """By name, each with its limits and the usernames of those who are members now. Four queries."""
    cohorts = list(Cohort.objects.filter(project=project).prefetch_related("categories", "languages"))
    people = Membership.objects.in_project(project).order_by("user__username")
    in_cohorts = people.filter(user__participations__project=project, user__participations__cohort_member__isnull=False)
    members = list(in_cohorts.values_list("user__participations__cohort_member__cohort", "user__username"))
    return [
        {"id": cohort.pk, **limits_of_cohort(cohort)._asdict(), "members": [who for pk, who in members if pk == cohort.pk]}
        for cohort in cohorts
    ]


@transaction.atomic
def save_cohort(
    *,
    project: Project,
    cohort: int | None = None,
    name: str,
    categories: Sequence[str],
    languages: Sequence[str],
    by: User | None = None,
) -> Cohort:
    """Make a cohort, or give one (by its primary key) another name and other limits. What its members hold and may not score any
    more goes back at once. Raises ValidationError, Cohort.DoesNotExist."""
    row = Cohort(project=project) if cohort is None else locked(project, cohort)
    before = limits_of_cohort(row) if row.pk else None
    check(project, row, name, categories, languages)
    after = CohortLimits(name.strip(), sorted(set(categories)), sorted(set(languages)))
    if before == after:
        return row
    people = lock_members(row)
    row.name = after.name
    row.save()
    for rows in (CohortCategory.objects, CohortLanguage.objects):
        rows.filter(cohort=row).delete()
    CohortCategory.objects.bulk_create(CohortCategory(cohort=row, category=each) for each in after.categories)
    CohortLanguage.objects.bulk_create(CohortLanguage(cohort=row, language=each) for each in after.languages)
    for user in people:
        give_back_excluded(user, project, by)
    data = {"cohort": after.name, "from": before and before._asdict(), "to": after._asdict()}
    Event.objects.create(project=project, verb=Event.Verb.COHORT_CHANGED, by=by, data=data)
    return Cohort.objects.get(pk=row.pk)


def check(project: Project, row: Cohort, name: Any, categories: Any, languages: Any) -> None:
    fault = text_fault(name, LONGEST_COHORT, required=True)
    if not fault and Cohort.objects.filter(project=project, name=name.strip()).exclude(pk=row.pk).exists():
        fault = _("%(name)s exists already") % {"name": quoted(name.strip())}
    faults = {
        "name": fault,
        "categories": names_fault(categories, categories_of(project)),
        "languages": names_fault(languages, languages_of(project)),
    }
    if faults := {field: fault for field, fault in faults.items() if fault}:
        raise ValidationError(faults)


@transaction.atomic
def delete_cohort(*, project: Project, cohort: int, by: User | None = None) -> None:
    """Its members are in none then. Raises Cohort.DoesNotExist."""
    row = locked(project, cohort)
    lock_members(row)
    data = {"cohort": row.name, "from": limits_of_cohort(row)._asdict()}
    for rows in (CohortMember.objects, CohortCategory.objects, CohortLanguage.objects):
        rows.filter(cohort=row).delete()
    row.delete()
    Event.objects.create(project=project, verb=Event.Verb.COHORT_DELETED, by=by, data=data)


@transaction.atomic
def move_member(*, username: str, project: Project, cohort: str, by: User | None = None) -> str:
    """Put a member in the cohort of that name, and out of any other; an empty name: in none. Raises Refused."""
    membership = membership_of(username, project)
    row = cohort_named(cohort, project) if cohort else None
    user = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk).user
    participation = Participation.objects.get(user=user, project=project)
    former = CohortMember.objects.filter(participation=participation).select_related("cohort").first()
    if (former and former.cohort) == row:
        return cohort
    if row:
        CohortMember.objects.update_or_create(participation=participation, defaults={"cohort": row})
        give_back_excluded(user, project, by)
    else:
        CohortMember.objects.filter(participation=participation).delete()
    data = {"username": user.username, "member": user.pk, "cohort": cohort, "former": former.cohort.name if former else ""}
    Event.objects.create(project=project, verb=Event.Verb.COHORT_OF_MEMBER, by=by, data=data)
    return cohort


def cohort_named(name: str, project: Project) -> Cohort:
    """Locked. Raises Refused: a misspelt cohort would be a new one, and nobody would notice."""
    cohorts = Cohort.objects.select_for_update().filter(project=project)
    row = None if "\0" in name else cohorts.filter(name=name).first()
    if row is None:
        told = {"name": quoted(name), "there": ", ".join(cohorts.values_list("name", flat=True)) or "–"}
        raise Refused(_("cohort: %(name)s is not in this project; there are: %(there)s") % told)
    return row


def locked(project: Project, cohort: int) -> Cohort:
    """Who is put into it meanwhile waits."""
    return Cohort.objects.select_for_update().get(project=project, pk=cohort)


def lock_members(cohort: Cohort) -> list[User]:
    """Those of the cohort who are members now, in an order that is always the same; their claims wait."""
    if cohort.pk is None:
        return []
    people = CohortMember.objects.filter(cohort=cohort).values("participation__user")
    memberships = Membership.objects.select_for_update(of=("self",)).filter(project=cohort.project_id, user__in=people)
    return [membership.user for membership in memberships.select_related("user").order_by("pk")]
