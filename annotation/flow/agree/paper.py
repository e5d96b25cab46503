"""The agreement report as text for a paper: paragraph, tables and references with the figures filled in, in English."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from annotation.agreement import DEFAULT_RESAMPLES, Resamples
from annotation.agreement.thresholds import FEW_RESPONSES, MOSTLY_ONE_LEVEL, RELIABLE, TENTATIVE
from annotation.errors import Refused
from annotation.exporters.paper import FORMS, PaperContext, paper
from annotation.flow.agree import agreement_report
from annotation.flow.agree.drilldown import OVERALL
from annotation.models import Event, Project
from rubrics.models import Rubric

__all__ = ["FEW_RESPONSES", "FORMS", "MOSTLY_ONE_LEVEL", "RELIABLE", "TENTATIVE", "counts_of", "paper_of", "papers"]


def paper_of(project: Project, form: str, resamples: Resamples | None = DEFAULT_RESAMPLES) -> str:
    """`form` is one of FORMS; Refused for any other."""
    if form not in FORMS:
        raise Refused(_("form: expected one of %(known)s, not %(given)s") % {"known": ", ".join(FORMS), "given": form})
    return papers(project, agreement_report(project, resamples=resamples), resamples)[form]


def papers(project: Project, report: dict[str, Any], resamples: Resamples | None = DEFAULT_RESAMPLES) -> dict[str, str]:
    """In each form, from a report that is not grouped."""
    [group] = report["groups"]
    rubrics = {rubric.name: rubric for rubric in Rubric.objects.with_content().filter(projects=project)}
    about = PaperContext(
        title=project.title,
        rubrics={name: rubric.title for name, rubric in rubrics.items()},
        criteria={(name, item.key): item.title for name, rubric in rubrics.items() for item in rubric.criteria.all()},
        scale={name: (rubric.scale_min, rubric.scale_max) for name, rubric in rubrics.items()},
        **counts_of(report),
        loaded=project.events.filter(verb=Event.Verb.SCORES_LOADED).exists(),
        resamples=resamples.number if resamples else 0,
        seed=resamples.seed if resamples else 0,
        version=settings.VERSION,
    )
    return {form: paper(group["criteria"], about, form) for form in FORMS}


def counts_of(report: dict[str, Any]) -> dict[str, int]:
    """All first judgements and annotators, and the responses with two ratings or more, with their queries."""
    overall = [row for group in report["groups"] for row in group["criteria"] if row["criterion"] == OVERALL]
    return {
        "responses": sum(row["pairable_items"] for row in overall),
        "queries": sum(row["queries"] for row in overall),
        "annotators": len({row["annotator"] for row in report["annotators"]}),
        "judgements": sum(row["judgements"] for row in report["annotators"]),
    }
