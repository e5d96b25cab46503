"""The rows on which constraints and triggers are tried."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from annotation.models import (
    Adjudication,
    Assignment,
    CaseReview,
    Download,
    Label,
    PossibleDuplicate,
    Query,
    ReferenceAnswer,
    Release,
    ReleaseFiles,
    Retraction,
    Revision,
    User,
)
from rubrics.models import Criterion, Level
from tests.factories import judged, make_member, make_project, make_rubric

NOW = timezone.now()


@pytest.fixture
def w() -> SimpleNamespace:
    """A small world with a row of everything."""
    project = make_project(overlap=3)
    [task] = judged(project, [[4]], names=("ana",))
    ana, bo = User.objects.get(username="ana"), make_member(project, "bo")
    revision = Revision.objects.get()
    text = Criterion.objects.get(key="text", rubric=task.rubric)
    harm = Criterion.objects.get(key="harm", rubric=task.rubric)
    level = Level.objects.get(criterion=text, value=3)
    case = Adjudication.objects.create(task=task, started_at=NOW)
    review = CaseReview.objects.create(adjudication=case, project=project, adjudicator=bo, claimed_at=NOW, lease_expires_at=NOW)
    release = Release.objects.create(project=project, version=1, seed=0, manifest={}, made_at=NOW)
    label = Label.objects.create(release=release, task=task, split="train", how="agreed", overall=4, score=4)
    retracted = Release.objects.create(project=project, version=2, seed=0, manifest={}, made_at=NOW)
    retraction = Retraction.objects.create(release=retracted, at=NOW, reason="x")
    files = ReleaseFiles.objects.create(release=retracted, folder="releases/x", sizes={})
    download = Download.objects.create(release=release, by=bo, at=NOW)
    answer = ReferenceAnswer.objects.create(query=task.response.query, level=1)
    second = Query.objects.create(project=project, external_id="second", category="x", blocks=[])
    pair = PossibleDuplicate.objects.create(
        project=project, first=task.response.query, second=second, reasons={}, strength=1, found_at=NOW
    )
    other = make_rubric(slug="other", category="situational-analysis")
    error_type = project.error_types.all()[0]
    slot = Assignment.objects.get(annotator=ana)
    empty = Assignment.objects.filter(annotator=None).order_by("number")[0]
    return SimpleNamespace(**{key: value for key, value in locals().items() if key != "self"})
