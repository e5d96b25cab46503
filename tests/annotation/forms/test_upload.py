"""The form of an upload is read into the arguments of a job. tests/annotation/test_uploads.py posts it to page and API."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from annotation.errors import Refused
from annotation.forms.upload import as_boolean, posted_scorer, posted_upload
from annotation.models import Job

FILE = SimpleUploadedFile("items.csv", b"id\n")


@pytest.mark.parametrize(
    ("form", "kind", "options"),
    [
        ({}, Job.Kind.LOAD_ITEMS, {"dry_run": False, "pool": False, "format": "sixpoint", "columns": []}),
        (
            {"format": "csv", "columns": "id=nr\r\n\r\nmodel=by", "dry_run": "on", "pool": "on"},
            Job.Kind.LOAD_ITEMS,
            {"dry_run": True, "pool": True, "format": "csv", "columns": ["id=nr", "model=by"]},
        ),
        ({"kind": "scores", "format": "csv"}, Job.Kind.LOAD_SCORES, {"dry_run": False}),
    ],
)
def test_only_items_have_a_format_and_columns(form: dict[str, str], kind: str, options: dict[str, Any]) -> None:
    assert posted_upload(form, MultiValueDict({"file": [FILE]})) == {
        "kind": kind,
        "upload": FILE,
        "file_name": "items.csv",
        "options": options,
    }


def test_a_form_without_a_file_is_refused() -> None:
    with pytest.raises(Refused, match=r"^file: expected a file$"):
        posted_upload({}, MultiValueDict())


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ({"name": "judge"}, {"scorer": "judge", "scale": ""}),
        (
            {"name": "judge", "scale": "0:10", "trained_on": " 3 ", "kind": "scores"},
            {"scorer": "judge", "scale": "0:10", "trained_on": 3},
        ),
    ],
)
def test_a_scorers_file_has_a_name_a_scale_and_what_it_was_trained_on(form: dict[str, str], options: dict[str, Any]) -> None:
    posted = posted_scorer(form, MultiValueDict({"file": [FILE]}))
    assert posted == {"kind": Job.Kind.CHECK_SCORER, "upload": FILE, "file_name": "items.csv", "options": options}


def test_a_scorers_form_without_a_file_or_with_an_odd_release_is_refused() -> None:
    with pytest.raises(Refused, match=r"^file: expected a file$"):
        posted_scorer({"name": "judge"}, MultiValueDict())
    with pytest.raises(Refused, match=r'^trained_on: expected the number of a release, not "1\.5"$'):
        posted_scorer({"trained_on": "1.5"}, MultiValueDict({"file": [FILE]}))


@pytest.mark.parametrize("word", ["on", "TRUE", "1", "yes"])
def test_a_checked_box_and_a_scripts_true_are_true(word: str) -> None:
    assert as_boolean(word, "dry_run") is True


@pytest.mark.parametrize("word", ["", "off", "False", "0", "no"])
def test_an_empty_box_and_a_scripts_false_are_false(word: str) -> None:
    assert as_boolean(word, "dry_run") is False


def test_any_other_word_for_a_boolean_is_refused() -> None:
    with pytest.raises(Refused, match=r"^dry_run: expected true or false$"):
        as_boolean("maybe", "dry_run")
