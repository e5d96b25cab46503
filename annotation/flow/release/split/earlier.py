"""What earlier releases of a project say about the split of its queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from annotation.exporters.split import TEST, TRAIN
from annotation.flow.release.options import Options
from annotation.models import Label, Project, Release

QUERY = "task__response__query__external_id"


@dataclass(frozen=True)
class Earlier:
    """The splits that `queries` keep, and the `version` of the newest release that was not retracted. `newest` is the version of
    the newest one. 0 stands for none."""

    queries: Mapping[str, str]
    version: int
    newest: int


def read_earlier(project: Project, options: Options) -> Earlier:
    """With `new_split` no query keeps its split. With `check_from_later` all queries of earlier releases are train, of retracted
    ones too, but for those of the test split."""
    queries = {} if options.new_split else standing_splits(project)
    if options.check_from_later:
        ever = Label.objects.filter(release__project=project).order_by().values_list(QUERY, flat=True).distinct()
        queries = dict.fromkeys(ever, TRAIN) | {query: TEST for query, split in queries.items() if split == TEST}
    releases = Release.objects.filter(project=project)
    return Earlier(queries, newest_version(releases.standing()), newest_version(releases))


def standing_splits(project: Project) -> dict[str, str]:
    """The splits of the newest release that was not retracted, and for queries that it lacks those of the ones before it, back to
    the last that divided all queries anew."""
    queries: dict[str, str] = {}
    columns = ("pk", "manifest__options__new_split", "manifest__options__check_from_later")
    releases = Release.objects.filter(project=project).standing().order_by("-version").values_list(*columns)
    for release, new_split, from_later in releases:
        queries = dict(Label.objects.filter(release=release).order_by().values_list(QUERY, "split").distinct()) | queries
        if new_split is not False or from_later:  # None: it was made when releases kept nothing
            break
    return queries


def newest_version(releases: QuerySet[Release]) -> int:
    return releases.order_by("-version").values_list("version", flat=True).first() or 0
