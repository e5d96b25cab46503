"""The labels that a page is asked for are read from its address."""

from pathlib import Path

import pytest
from django.http import QueryDict

from annotation.flow.release import Options, release
from annotation.models import Project
from annotation.views.scorers.asked import choices, read

pytestmark = pytest.mark.django_db


def test_a_split_and_a_release_are_read_and_written_again(project: Project, tmp_path: Path) -> None:
    assert choices(project, read(project, QueryDict("")))["splits"] == []  # no release: all labels
    release(project=project, out=tmp_path / "out", options=Options(check_size=2))
    asked = read(project, QueryDict("split=train&release=1"))
    assert (asked.split, asked.release and asked.release.version, asked.query) == ("train", 1, "split=train&release=1")
    assert choices(project, asked)["releases"] == [1]


def test_what_is_unknown_gives_way_to_the_default_and_is_told(project: Project) -> None:
    asked = read(project, QueryDict("split=dev&release=9"))
    assert (asked.split, asked.release, asked.fault) == ("check", None, "release: study has no release 9")
    assert read(project, QueryDict("")).query == ""
