"""The pages of a project as its navigation names them: one line each, in the order in which they stand.

A page's group is the entry of the bar under which it stands; the first page of a group is where the entry leads. To add a
page, add a line. `below` names what the page leads on to, where the address alone does not tell (an address that begins with the
page's own belongs to it anyway): there the page counts as the one that is open.
"""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

ANNOTATOR, ADJUDICATOR, EXPERT, MANAGER = "annotator", "adjudicator", "expert", "manager"


class Page(NamedTuple):
    name: str  # of the URL, which takes the project's slug
    title: Any
    group: Any
    roles: tuple[str, ...] = (MANAGER,)
    below: tuple[str, ...] = ()
    of_project: bool = True  # False: the same page for all projects, whose URL takes nothing


PROJECT, DATA, PEOPLE, RUBRICS, SCORING = _("Project"), _("Data"), _("People"), _("Rubrics"), _("Scoring")
AGREEMENT, DISPUTES, RELEASES, SCORERS, RESULTS = _("Agreement"), _("Disputes"), _("Releases"), _("Scorers"), _("Results")

PAGES = (
    Page("project", _("Overview"), PROJECT),
    Page("steps", _("Set-up"), PROJECT),
    Page("settings", _("Settings"), PROJECT, below=("project-copy",)),
    Page("events", _("History"), PROJECT),
    Page("material", _("Import"), DATA, below=("job",)),  # which names another page where it began there
    Page("samples", _("Samples"), DATA, below=("sample",)),
    Page("queries", _("Queries"), DATA, below=("query",)),
    Page("responses", _("Responses"), DATA, below=("response", "response-history")),
    Page("references", _("Reference answers"), DATA, below=("reference",)),
    Page("duplicates", _("Duplicates"), DATA),
    Page("members", _("People"), PEOPLE, below=("member",)),
    Page("invitations", _("Invitations"), PEOPLE),
    Page("cohorts", _("Cohorts"), PEOPLE),
    Page("rights", _("Rights"), PEOPLE),
    Page("project-rubrics", _("Rubrics of this project"), RUBRICS),
    Page("rubrics:list", _("All rubrics"), RUBRICS, of_project=False),
    Page("progress", _("Progress"), SCORING),
    Page("overlap", _("Annotators per response"), SCORING),
    Page("flags", _("Flags"), SCORING),
    Page("workspace", _("Annotation settings"), SCORING),
    Page("agreement", _("Agreement"), AGREEMENT),
    Page("disputes", _("Disputes"), DISPUTES),
    Page("rules", _("Rules"), DISPUTES),
    Page("lessons", _("Lessons"), DISPUTES),
    Page("releases", _("Releases"), RELEASES),
    Page("training", _("Training answers"), RELEASES),
    Page("export", _("Export"), RELEASES),
    Page("scorers", _("Scorers"), SCORERS),
    Page("results", _("Results"), RESULTS),
    # those who score and decide have few pages: each is an entry of its own
    Page("project", _("Overview"), PROJECT, (ANNOTATOR, ADJUDICATOR, EXPERT)),
    Page("annotate", _("Score"), _("Score"), (ANNOTATOR,)),
    Page("mine", _("My work"), _("My work"), (ANNOTATOR,), below=("response-history",)),
    Page("adjudication", _("Adjudication"), _("Adjudication"), (ADJUDICATOR,)),
    Page("disputes", _("Cases"), _("Cases"), (ADJUDICATOR,), below=("response-history",)),
    Page("lessons", _("Lessons"), _("Lessons"), (ADJUDICATOR,)),
    Page("references", _("Reference answers"), _("Reference answers"), (EXPERT,), below=("reference",)),
)


def title_of(name: str) -> Any:
    return next(page.title for page in PAGES if page.name == name)


def groups(*roles: str) -> list[list[Page]]:
    """The pages of the roles, each once, those of a group together, in the order of the table."""
    by_group: dict[str, list[Page]] = {}
    listed: set[str] = set()
    for page in PAGES:
        if page.name not in listed and not set(roles).isdisjoint(page.roles):
            listed.add(page.name)
            by_group.setdefault(str(page.group), []).append(page)
    return list(by_group.values())
