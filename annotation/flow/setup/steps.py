"""The steps from a new project to its first scores: what of each is done, and what is missing. Counted, never stored."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.models import Assignment, Event, Job, Membership, Project, ReferenceAnswer, Role, Task

DATA, PEOPLE, RUBRICS, RULES, START = "data", "people", "rubrics", "rules", "start"


@dataclass(frozen=True)
class Step:
    """`state` says in a sentence what is there; `missing` what the step still needs, and `hints` what it may go without."""

    key: str
    done: bool
    state: str
    missing: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "step": self.key,
            "done": self.done,
            "state": self.state,
            "missing": list(self.missing),
            "hints": list(self.hints),
        }


def steps_of(project: Project) -> list[Step]:
    """In their order. As many queries, however much the project has."""
    before = [step(project) for step in BEFORE_START]
    return [*before, start(project, ready=all(step.done for step in before))]


def next_step(project: Project) -> Step | None:
    """The first that is not done; none once scoring has begun."""
    steps = steps_of(project)
    return None if steps[-1].done else next(step for step in steps if not step.done)


def rubrics(project: Project) -> Step:
    titles = [link.rubric.title for link in project.project_rubrics.select_related("rubric")]
    missing = () if titles else (_("A rubric for each category of queries."),)
    return Step(RUBRICS, bool(titles), ", ".join(titles) or _("No rubric yet."), missing)


def data(project: Project) -> Step:
    responses = Task.objects.study(project).count()
    state = ngettext("%(number)s response.", "%(number)s responses.", responses) % {"number": f"{responses:,}"}
    hints = []
    if responses and not ReferenceAnswer.objects.shown().filter(query__project=project).exists():
        hints.append(_("No reference answers: annotators score without examples of the levels."))
    if Job.objects.filter(project=project, ended_at=None, kind__in=[Job.Kind.LOAD_ITEMS, Job.Kind.COPY_DATA]).exists():
        hints.append(_("An import is waiting or under way."))
    missing = () if responses else (_("Queries and responses, in a file."),)
    return Step(DATA, bool(responses), state, missing, tuple(hints))


def people(project: Project) -> Step:
    """Enough annotators for the responses that need the most, and somebody who decides disputes."""
    members = Membership.objects.in_project(project).filter(user__is_active=True)
    roles = Counter(members.values_list("role", flat=True))
    needed = project.larger_overlap or project.overlap
    missing = []
    if (lacking := needed - roles[Role.ANNOTATOR]) > 0:
        told = {"lacking": lacking, "needed": needed}
        missing.append(
            ngettext(
                "%(lacking)s more annotator: a response is scored by %(needed)s.",
                "%(lacking)s more annotators: a response is scored by %(needed)s.",
                lacking,
            )
            % told
        )
    if not any(roles[role] for role in project.rules.deciding_roles):
        missing.append(_("An adjudicator, who decides where annotators differ too much."))
    if not roles[Role.MANAGER]:
        missing.append(_("A manager."))
    names = {
        Role.ANNOTATOR: _("annotators"),
        Role.ADJUDICATOR: _("adjudicators"),
        Role.EXPERT: _("experts"),
        Role.MANAGER: _("managers"),
    }
    state = ", ".join(f"{name}: {roles[role]}" for role, name in names.items())
    return Step(PEOPLE, not missing, state, tuple(missing))


def rules(project: Project) -> Step:
    """Done from the start, as the defaults hold; the page says whether anybody has changed them."""
    verbs = (Event.Verb.RULES_CHANGED, Event.Verb.WORKSPACE_CHANGED, Event.Verb.SETTINGS_CHANGED)
    if Event.objects.filter(project=project, verb__in=verbs).exists():
        return Step(RULES, True, _("Changed for this project."))
    return Step(RULES, True, _("The default rules."), hints=(_("Look through them before the first score."),))


def start(project: Project, *, ready: bool) -> Step:
    if project.closed_at:
        return Step(START, True, _("The project is closed."))
    if Assignment.objects.submitted().filter(project=project).exists():
        return Step(START, True, _("Scoring has begun."))
    if not ready:
        return Step(START, False, _("Not yet."), (_("The steps before."),))
    return Step(START, False, _("Ready."), (_("The first score: tell the annotators to sign in and choose Continue."),))


BEFORE_START: tuple[Callable[[Project], Step], ...] = (rubrics, data, people, rules)
