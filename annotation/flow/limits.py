"""What a member may score: categories, languages, systems that they are never shown, and how many responses a day."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import ValidationError, quoted
from annotation.fields import is_whole
from annotation.flow.leave import give_back_cases, membership_of
from annotation.flow.score.giving_back import give_back_slots
from annotation.models import (
    Adjudication,
    Assignment,
    CaseReview,
    DailyLimit,
    Event,
    Membership,
    Participation,
    Project,
    Query,
    Response,
    ScoringCategory,
    ScoringLanguage,
    TiedSystem,
    User,
)

MOST_PER_DAY = 10_000


class Limits(NamedTuple):
    """No categories are all categories, no languages all languages; no number is any number."""

    categories: list[str]
    languages: list[str]
    systems: list[str]
    most_per_day: int | None


def categories_of(project: Project) -> list[str]:
    return sorted(set(project.project_rubrics.values_list("category", flat=True)))


def languages_of(project: Project) -> list[str]:
    """Of the queries that have one."""
    queries = Query.objects.filter(project=project).exclude(language="")
    return sorted(queries.order_by().values_list("language", flat=True).distinct())


def systems_of(project: Project) -> list[str]:
    return sorted(Response.objects.filter(query__project=project).order_by().values_list("system", flat=True).distinct())


def limits_of(user: User, project: Project) -> Limits:
    return Limits(
        list(ScoringCategory.objects.of(user, project).order_by("category").values_list("category", flat=True)),
        list(ScoringLanguage.objects.of(user, project).order_by("language").values_list("language", flat=True)),
        list(TiedSystem.objects.of(user, project).order_by("system").values_list("system", flat=True)),
        DailyLimit.objects.of(user, project).values_list("most", flat=True).first(),
    )


@transaction.atomic
def change_limits(
    *,
    username: str,
    project: Project,
    categories: Sequence[str],
    languages: Sequence[str],
    systems: Sequence[str],
    most_per_day: int | None,
    by: User | None = None,
) -> Limits:
    """Set all four. What the person holds and may not score any more goes back at once. Raises ValidationError, Refused."""
    user = membership_of(username, project).user
    list(Membership.objects.select_for_update().filter(project=project, user=user).order_by("pk"))  # a claim locks it, too
    check(project, categories, languages, systems, most_per_day)
    before = limits_of(user, project)
    after = Limits(sorted(set(categories)), sorted(set(languages)), sorted(set(systems)), most_per_day)
    if before == after:
        return after
    participation = Participation.objects.get(user=user, project=project)
    for rows in (ScoringCategory.objects, ScoringLanguage.objects, TiedSystem.objects, DailyLimit.objects):
        rows.filter(participation=participation).delete()
    ScoringCategory.objects.bulk_create(ScoringCategory(participation=participation, category=name) for name in after.categories)
    ScoringLanguage.objects.bulk_create(ScoringLanguage(participation=participation, language=name) for name in after.languages)
    TiedSystem.objects.bulk_create(TiedSystem(participation=participation, system=name) for name in after.systems)
    if after.most_per_day is not None:
        DailyLimit.objects.create(participation=participation, most=after.most_per_day)
    give_back_excluded(user, project, by)
    data = {"username": user.username, "member": user.pk, "from": before._asdict(), "to": after._asdict()}
    Event.objects.create(project=project, verb=Event.Verb.LIMITS_CHANGED, by=by, data=data)
    return after


def check(project: Project, categories: Any, languages: Any, systems: Any, most_per_day: Any) -> None:
    faults = {
        "categories": names_fault(categories, categories_of(project)),
        "languages": names_fault(languages, languages_of(project)),
        "systems": names_fault(systems, systems_of(project)),
    }
    if most_per_day is not None and not (is_whole(most_per_day) and 1 <= most_per_day <= MOST_PER_DAY):
        told = {"most": f"{MOST_PER_DAY:,}", "number": quoted(most_per_day)}
        faults["most_per_day"] = _("expected a whole number from 1 to %(most)s, or nothing, not %(number)s") % told
    if faults := {field: fault for field, fault in faults.items() if fault}:
        raise ValidationError(faults)


def names_fault(names: Any, allowed: list[str]) -> str:
    """A misspelt system would be no limit at all, and nobody would notice."""
    if not isinstance(names, Sequence) or isinstance(names, str):
        return _("expected a list")
    unknown = [name for name in names if name not in allowed]
    if not unknown:
        return ""
    told = {"names": ", ".join(map(quoted, unknown)), "allowed": ", ".join(allowed) or "–"}
    return _("%(names)s is not in this project; there are: %(allowed)s") % told


def give_back_excluded(user: User, project: Project, by: User | None) -> None:
    held = Assignment.objects.held().filter(project=project, annotator=user)
    give_back_slots(held.exclude(pk__in=held.allowed(user).values("pk")), by)
    systems = TiedSystem.objects.of(user, project).values("system")
    tied = {"adjudication__task__response__system__in": systems}
    give_back_cases(CaseReview.objects.held().filter(project=project, adjudicator=user, **tied), user, project, by)
    reserved = Adjudication.objects.open().filter(task__project=project, reserved_for=user)
    reserved.filter(task__response__system__in=systems).update(reserved_for=None)
