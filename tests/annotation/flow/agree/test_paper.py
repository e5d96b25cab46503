"""A paper gets the figures of the report that is not grouped, in each form, by command, page and API."""

import pytest

from annotation.agreement import Resamples
from annotation.errors import Refused
from annotation.exporters.paper import FORMS, PaperContext, paper
from annotation.flow.agree import agreement_report
from annotation.flow.agree.paper import paper_of
from annotation.models import Project
from config import settings
from tests.annotation.flow.load.score_files import says, take
from tests.factories import judged, make_project, responses

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = make_project()
    judged(project, [[1, 2, 1], [5, 5, 6], [3, 4, None], [2, None, None]])
    return project


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("resamples", [Resamples(3, 200), None])
def test_a_paper_has_the_figures_of_the_report(project: Project, form: str, resamples: Resamples | None) -> None:
    about = PaperContext(
        title=project.title,
        rubrics={"small@1": "Small"},
        criteria={("small@1", "text"): "Text", ("small@1", "images"): "Images", ("small@1", "harm"): "Harm"},
        scale={"small@1": (1, 6)},
        responses=3,
        queries=3,
        annotators=3,
        judgements=9,
        loaded=False,
        resamples=200 if resamples else 0,
        seed=3 if resamples else 0,
        version=settings.VERSION,
    )
    rows = agreement_report(project, resamples=resamples)["groups"][0]["criteria"]
    assert paper_of(project, form, resamples) == paper(rows, about, form)


def test_a_paper_mentions_judgements_that_were_loaded_into_its_own_project(project: Project) -> None:
    other = make_project(slug="other", rubrics=["small"])
    responses(other, 1)
    take(other, says("uma"))
    loaded = "First judgements were, in part or wholly, loaded from elsewhere [say how they were given]."
    assert [loaded in paper_of(each, "text", None) for each in (project, other)] == [False, True]


def test_another_form_is_refused_by_name(project: Project) -> None:
    with pytest.raises(Refused) as refused:
        paper_of(project, "word")
    assert str(refused.value) == "form: expected one of text, markdown, latex, not word"
