"""For managers: the project's responses, largest disagreement first, and one response with its judgements and decisions."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from annotation.access.blind import task_content
from annotation.access.disputes import managers_rows
from annotation.access.membership import membership_or_404
from annotation.flow.adjudicate.listing import deciders, managers_entry
from annotation.flow.agree.by_label import drilldown_by_label
from annotation.flow.agree.drilldown import ALIKE, ALL_CRITERIA, NOTHING, OVERALL, DrilldownRow, Selection
from annotation.flow.check import scorers_on
from annotation.flow.judgements import A_MINUTE, Purpose, TaskColumn, read_judgements
from annotation.flow.labels import LABEL_STATES, LEFT_OUT, FairValue, TaskLabel, fair_of_task, labels, labels_of, outcomes_from
from annotation.flow.shown import show_scores
from annotation.forms.queries import SPREADS, response_filters
from annotation.models import Adjudication, Annotation, Assignment, EarlierReference, Project, Response, Role, Task
from annotation.views.adjudicate.decided import decisions_of
from annotation.views.agreement import drilldown_url
from annotation.views.agreement.labels import REASONS
from annotation.views.requests import UserRequest
from rubrics.models import Rubric

PAGE = 50
# the columns of responses that can be chosen, and all that the form has
CHOICES = {"category": gettext_lazy("Category"), "field": gettext_lazy("Field"), "system": gettext_lazy("System")}
IN_FORM = ("rubric", "criterion", "flag", "search", "spread", *CHOICES)


class Rating(NamedTuple):
    """One annotator's rating of the criterion, or, for the similarity of criteria, that annotator's rating of one criterion.

    `of` names the annotator or the criterion; `chosen`: the number that was opened is about this annotator.
    """

    of: str
    value: str
    chosen: bool


class Row(NamedTuple):
    """A response in the list: its ratings of the criterion by which the list is sorted, and their spread."""

    label: TaskLabel
    criterion: str
    ratings: list[Rating]
    spread: float | None
    decimals: int  # as floatformat takes them: overalls have one, like the ratings beside
    left_out: Any


@login_required
@require_safe
@vary_on_headers("HX-Request")  # else the browser's way back shows the list alone, without its page
def listing(request: UserRequest, slug: str) -> HttpResponse:
    """All responses, or those that the address selects (the drill-down of a number), largest disagreement first."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    project = membership.project
    rubrics = list(Rubric.objects.with_content().filter(projects=project))
    requested = response_filters(request.GET)
    selection = requested or Selection()
    key = ALL_CRITERIA if selection.habit == ALIKE else selection.criterion
    found, counts = drilldown_by_label(project, requested) if requested else (NOTHING, {})
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    show_scores([row.task for row in page], to=request.user, project=project)
    context = {
        "membership": membership,
        "rubrics": rubrics,
        "selection": selection,
        "title": drilldown_url.criterion_title(selection.rubric, key, rubrics),
        "parts": drilldown_url.parts(slug, selection, rubrics),
        "kept": [(name, value) for name, value in drilldown_url.parameters(selection) if name not in IN_FORM],
        "choices": choices(project, selection),
        "spreads": SPREADS.items(),
        "label_states": [(key, name, counts[key]) for key, name in LABEL_STATES.items() if counts.get(key)],
        "everything": requested == Selection(),
        "nothing_to_compare": selection.habit is None and bool(found) and not found[0].spread and not some_judged_twice(project),
        "page": page,
        "rows": rows(project, list(page), selection.annotators, rubrics),
    }
    template = "annotation/responses/responses.html#list" if request.htmx else "annotation/responses/responses.html"
    return render(request, template, context)


def some_judged_twice(project: Project) -> bool:
    judged = Assignment.objects.submitted().filter(project=project).order_by()
    return judged.values("task").annotate(number=Count("pk")).filter(number__gte=2).exists()


def choices(project: Project, selection: Selection) -> list[tuple[str, Any, list[str], str | None]]:
    """Each column with its title, the values that the project's responses have or that are chosen, and what is chosen."""
    of_project = Response.objects.filter(query__project=project).order_by()
    values = set(of_project.values_list("query__category", "query__field", "system").distinct())
    chosen = {name: getattr(selection, name) for name in CHOICES}
    return [
        (name, title, sorted({row[place] for row in values} | {chosen[name]} - {None}), chosen[name])
        for place, (name, title) in enumerate(CHOICES.items())
    ]


def rows(project: Project, page: list[DrilldownRow], annotators: tuple[str, ...], rubrics: list[Rubric]) -> list[Row]:
    """The numbers that are opened are of first judgements, so these are shown; labels may rest on later ones."""
    tasks = [row.task for row in page]
    judgements = read_judgements(project, tasks)
    of_task = {label.task.id: label for label in labels_of(outcomes_from(judgements, project, tasks))}
    first = {task.id: task for matrix in judgements.matrices(Purpose.AGREEMENT) for task in matrix.columns}
    return [row_of(of_task[row.task], first[row.task], row, annotators, rubrics) for row in page]


def row_of(label: TaskLabel, task: TaskColumn, row: DrilldownRow, annotators: tuple[str, ...], rubrics: list[Rubric]) -> Row:
    if row.criterion == ALL_CRITERIA:
        ratings = over_criteria(task, annotators[0])
    else:
        ratings = [
            Rating(name, shown(value, row.criterion), name in annotators)
            for name, value in zip(task.annotators, ratings_of(task, row.criterion), strict=True)
        ]
    title = drilldown_url.criterion_title(label.task.rubric.name, row.criterion, rubrics)
    decimals = 1 if row.criterion == OVERALL else -1
    return Row(label, title, ratings, row.spread, decimals, LEFT_OUT.get(label.left_out, ""))


def over_criteria(task: TaskColumn, annotator: str) -> list[Rating]:
    rated = [criterion for criterion in task.rubric.criteria.all() if criterion.is_rated]
    own = [place for place, name in enumerate(task.annotators) if name == annotator]
    return [Rating(item.title, shown(task.ratings(item.key)[place], item.key), chosen=False) for place in own for item in rated]


def ratings_of(task: TaskColumn, key: str) -> list[Any]:
    """Each annotator's rating; a penalty as 1 or 0."""
    return list(task.overalls) if key == OVERALL else list(task.ratings(key))


def shown(value: Any, key: str) -> str:
    if value is None:
        return "–"
    return f"{float(value):.1f}" if key == OVERALL else str(value)


@login_required
@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(Task.objects.for_manager(request.user).select_related("project", "response__query", "rubric"), pk=pk)
    show_scores([task.pk], to=request.user, project=task.project)
    [label] = labels(task.project, [task.pk])
    overall = None if label.overall is None else float(label.overall)
    ended = Adjudication.objects.filter(task=task, decided_at__isnull=False).select_related("decided_by", "reopening")
    ended = ended.prefetch_related("decisions__criterion", "decisions__level")
    content, rubrics = task_content(task.pk, to_manager=True), [task.rubric]
    fair = fair_of_task(task.project, task.pk, behind=A_MINUTE)
    membership = membership_or_404(request.user, task.project.slug, Role.MANAGER)
    context = content | {
        "cases": managers_rows(task.project, managers_entry(task.project, task.pk), rubrics),
        "deciders": deciders(task.project),
        "decides": not set(membership.roles).isdisjoint(task.project.rules.deciding_roles),
        "membership": membership,
        "label": label,
        "dropped": task.response.query.dropped_at,
        "overall": overall,
        "left_out": LEFT_OUT.get(label.left_out, ""),
        "table": list(score_table(content["rubric"], label, fair)),
        "fair": fair.get(OVERALL),
        "no_fair": REASONS.get(fair[OVERALL].reason or "", "") if fair else "",
        "for_managers_alone": not task.rubric.shows_correct_answer,
        "scorers": [(one, None if overall is None else one.mean - overall) for one in scorers_on(task, to=request.user)],
        "adjudications": [(case, list(decisions_of(case, {}))) for case in ended],
        "annotations": annotations_of(task),
    }
    return render(request, "annotation/responses/response.html", context)


def annotations_of(task: Task) -> list[Any]:
    """Each with `earlier_levels`: of which the annotator read a reference answer, or none, before the one that is shown now."""
    levels = EarlierReference.objects.levels(task.pk)
    annotations: list[Any] = list(Annotation.objects.filter(task=task).with_remarks().order_by("annotator__username"))
    for annotation in annotations:
        annotation.earlier_levels = levels.get(annotation.annotator_id, [])
    return annotations


def score_table(rubric: dict[str, Any], label: TaskLabel, fair: Mapping[str, FairValue]) -> Any:
    """A row per criterion: each annotator's score, the label, and the fair label."""
    for criterion in rubric["criteria"]:
        key = criterion["key"]
        said: list[Any] = label.task.ratings(key)
        if criterion["kind"] == "penalty":
            said = [rating == 1 for rating in said]
        value = label.criteria.get(key)
        number = float(value.value) if value and value.value is not None else None
        yield criterion | {"said": said, "label": value, "value": number, "fair": fair.get(key)}
