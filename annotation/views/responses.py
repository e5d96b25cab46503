"""For managers: the project's responses, where annotators differ most first, and one response with all that was said of it."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotation.blind import task_content
from annotation.flow.label import LEFT_OUT, TaskLabel, labels
from annotation.flow.ratings import RatedTask
from annotation.models import Adjudication, Annotation, Project, Role, Task
from annotation.permissions import membership_or_404
from rubrics.models import Criterion, Rubric

PAGE = 50


class Row(NamedTuple):
    """A response in the list: its ratings of the chosen criterion, and how far apart they lie."""

    label: TaskLabel
    ratings: list[str]
    spread: float
    left_out: Any


@login_required
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """All responses, or those of one rubric, with the ratings of one criterion. Reads all judgements of the project."""
    membership = membership_or_404(request.user, slug, Role.MANAGER)
    rubrics = list(Rubric.objects.with_content().filter(projects=membership.project))
    rubric = next((found for found in rubrics if found.name == request.GET.get("rubric")), None)
    criterion = chosen_criterion(rubric, request.GET.get("criterion", ""))
    rows = worst_first(membership.project, rubric, criterion)
    context = {
        "membership": membership,
        "rubrics": rubrics,
        "rubric": rubric,
        "criterion": criterion,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
    }
    template = "annotation/responses.html#list" if request.htmx else "annotation/responses.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def chosen_criterion(rubric: Rubric | None, key: str) -> Criterion | None:
    if rubric is None:
        return None
    return next((criterion for criterion in rubric.criteria.all() if criterion.key == key), None)


def worst_first(project: Project, rubric: Rubric | None, criterion: Criterion | None) -> list[Row]:
    found = [label for label in labels(project) if rubric is None or label.task.rubric.pk == rubric.pk]
    return sorted((row_of(label, criterion) for label in found), key=lambda row: (-row.spread, row.label.task.key))


def row_of(label: TaskLabel, criterion: Criterion | None) -> Row:
    values = ratings_of(label.task, criterion)
    numbers = [value for value in values if value is not None]
    mixed = 0.5 if numbers and len(numbers) < len(values) else 0.0  # some found it applicable, others not
    spread = float(max(numbers) - min(numbers)) if numbers else 0.0
    return Row(label, [shown(value, criterion) for value in values], spread + mixed, LEFT_OUT.get(label.left_out, ""))


def ratings_of(task: RatedTask, criterion: Criterion | None) -> list[Any]:
    """The overall scores when no criterion is chosen; a penalty as 1 or 0."""
    if criterion is None:
        return list(task.overalls)
    return task.of(criterion) if criterion.is_rated else [int(given) for given in task.given(criterion)]


def shown(value: Any, criterion: Criterion | None) -> str:
    if value is None:
        return "–"
    return str(value) if criterion else f"{float(value):.1f}"


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(Task.objects.for_manager(request.user).select_related("project", "response__query", "rubric"), pk=pk)
    [label] = labels(task.project, [task.pk])
    decided = Adjudication.objects.filter(task=task).decided().prefetch_related("decisions__criterion", "decisions__level")
    content = task_content(task.pk)
    context = content | {
        "membership": membership_or_404(request.user, task.project.slug, Role.MANAGER),
        "label": label,
        "dropped": task.response.query.dropped_at,
        "overall": None if label.overall is None else float(label.overall),
        "left_out": LEFT_OUT.get(label.left_out, ""),
        "table": list(score_table(content["rubric"], label)),
        "adjudications": decided,
        "annotations": Annotation.objects.filter(task=task).with_marks().order_by("annotator__username"),
    }
    return render(request, "annotation/response.html", context)


def score_table(rubric: dict[str, Any], label: TaskLabel) -> Any:
    """A row per criterion: what each annotator said, and the label."""
    for criterion in rubric["criteria"]:
        key = criterion["key"]
        if criterion["kind"] == "penalty":
            said: list[Any] = [key in found.penalties for found in label.task.said]
        else:
            said = [found.scores.get(key) for found in label.task.said]
        value = label.criteria.get(key)
        number = float(value.value) if value and value.value is not None else None
        yield criterion | {"said": said, "label": value, "value": number}
