"""New rules for disputes: how many responses they would queue, from the ratings so far or else from an agreement that is assumed;
then put in force."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count

from annotation.agreement import AssumedAgreement
from annotation.flow.adjudicate.disputes import draw
from annotation.flow.adjudicate.further import ask_by_rule, disputes_by_rule
from annotation.flow.judgements import Array, ProjectCache
from annotation.flow.labels import Outcomes, cached_outcomes, count_disputes
from annotation.flow.setup.rules import change_rules, changed_rules
from annotation.models import Project, Rules, Task, User
from rubrics.models import Rubric

NO_GAP = 10_000  # that no scale reaches
NO_DATA = 1000  # the responses of a project into which nothing is loaded yet


@dataclass(frozen=True)
class Preview:
    """Numbers of responses: in dispute for each kind of reason (None: it cannot be said), for any, and of these those that wait
    and those that are decided already; then those that would be mixed in."""

    is_measured: bool
    responses: int
    gap: int
    cut_off: int
    applicability: int | None
    penalties: int | None
    holistic: int | None
    total: int
    waiting: int
    mixed_in: int

    @property
    def decided(self) -> int:
        return self.total - self.waiting


def put_in_force(*, project: Project, by: User | None, changes: Mapping[str, Any]) -> Rules:
    """Change the rules, and ask further annotators where the new ones ask for them. Raises ValidationError."""
    proposed = copy(project)
    proposed.rules = changed_rules(project, changes)
    due = disputes_by_rule(proposed)  # before the transaction: it reads all judgements
    with transaction.atomic():
        rules = change_rules(project=project, by=by, changes=changes)
        ask_by_rule(project=project, tasks=due)
    return rules


def preview_rules(project: Project, rules: Rules, *, exact: float, adjacent: float) -> Preview:
    """`exact` and `adjacent` are the agreement of two annotators that is assumed while no response has all its ratings."""
    proposed = copy(project)
    proposed.rules = rules
    cache = ProjectCache(project)
    outcomes = cached_outcomes(proposed, cache)
    responses = sum(int(part.matrix.complete.sum()) for part in outcomes)
    if not responses:
        return assumed(proposed, exact, adjacent)
    return measured(outcomes, draws_of(outcomes, proposed, cache), proposed, responses)


def draws_of(outcomes: list[Outcomes], project: Project, cache: ProjectCache) -> list[Array]:
    """Per rubric, the number of each response that says whether it is mixed in; cached, since a hash of each takes long."""

    def make() -> list[Array]:
        return [np.array([draw(project, column.key, "undisputed") for column in part.matrix.columns]) for part in outcomes]

    return list(cache.get(("draws", "undisputed", project.seed), make, state=cache.scores_state)[0])


def measured(outcomes: list[Outcomes], draws: list[Array], proposed: Project, responses: int) -> Preview:
    counts = count_disputes([part.matrix for part in outcomes], proposed.rules.as_values())
    waiting, mixed_in = 0, 0
    for part, numbers in zip(outcomes, draws, strict=True):
        disputed = np.logical_or.reduce(list(part.disputed.values()))
        waiting += int((disputed & part.awaiting).sum())
        undisputed = part.matrix.complete & ~disputed
        mixed_in += int((undisputed & (numbers < proposed.rules.undisputed_share)).sum())
    return Preview(is_measured=True, responses=responses, waiting=waiting, mixed_in=mixed_in, **counts)


def assumed(proposed: Project, exact: float, adjacent: float) -> Preview:
    """Every rubric's criteria as if they knew nothing of each other; of penalties and applicability an agreement says nothing."""
    rules = proposed.rules
    gaps = {"pair_gap": rules.pair_gap, "group_range": rules.group_range}
    none = {"pair_gap": NO_GAP, "group_range": NO_GAP}
    responses = responses_of_rubrics(proposed)
    shares = dict.fromkeys(("gap", "cut_off", "holistic", "total"), 0.0)
    for rubric, number in responses.items():
        ratings, criteria = proposed.overlap, sum(item.is_rated for item in rubric.criteria.all())
        holistic = rules.holistic and rubric.overall_method == Rubric.Overall.HOLISTIC
        agreement = AssumedAgreement(exact, adjacent, range(rubric.scale_min, rubric.scale_max + 1))
        for name, limits, cut_off, times in (
            ("gap", gaps, None, criteria),
            ("cut_off", none, rules.cut_off, criteria),
            ("holistic", gaps, rules.cut_off, int(holistic)),
            ("total", gaps, rules.cut_off, criteria + holistic),
        ):
            shares[name] += number * agreement.disputed(ratings, **limits, cut_off=cut_off, criteria=times)
    counts: dict[str, Any] = {name: round(share) for name, share in shares.items()}
    total = sum(responses.values())
    return Preview(
        is_measured=False,
        responses=total,
        applicability=None,
        penalties=None,
        waiting=counts["total"],
        mixed_in=round(rules.undisputed_share * (total - counts["total"])),
        **counts,
    )


def responses_of_rubrics(project: Project) -> dict[Rubric, int]:
    """Where nothing is loaded yet, a thousand for each."""
    rows = Task.objects.study(project).order_by().values_list("rubric").annotate(Count("pk"))
    numbers = dict(rows)
    rubrics = Rubric.objects.with_content().filter(projects=project)
    return {rubric: numbers.get(rubric.pk, 0) if numbers else NO_DATA for rubric in rubrics}
