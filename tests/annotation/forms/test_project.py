from django.http import QueryDict

from annotation.forms.project import Field, fields, overlap_values, posted_overlap, posted_project, posted_settings
from annotation.models import Project


def test_an_empty_slug_is_made_of_the_title_and_unused_categories_are_left_out() -> None:
    post = QueryDict("title=My First Study!&slug=&rubrics=&rubrics=mmie-sa@1&overlap=2&seed=4&larger_share=&larger_overlap=")
    assert posted_project(post) == {
        "title": "My First Study!",
        "slug": "my-first-study",
        "rubrics": ["mmie-sa@1"],
        "overlap": "2",
        "seed": "4",
        "larger_share": 0.0,
        "larger_overlap": None,
    }


def test_a_share_is_read_in_percent_and_shown_so_again() -> None:
    read = posted_overlap(QueryDict("overlap=1&larger_share=12,5 %25&larger_overlap=2"))
    assert read == {"overlap": "1", "larger_share": 0.125, "larger_overlap": "2"}
    project = Project(overlap=1, larger_share=0.125, larger_overlap=2)
    assert overlap_values(project) == {"overlap": 1, "larger_share": "12.5", "larger_overlap": 2}
    assert posted_overlap(QueryDict("overlap=1&larger_share=half"))["larger_share"] == "half"


def test_a_field_shows_what_was_posted_or_else_what_is_stored() -> None:
    assert fields({"title": "Old", "seed": None}, None, {}) == {"title": Field("title", "Old", ""), "seed": Field("seed", "", "")}
    assert fields({"title": "Old"}, QueryDict("title="), {"title": "empty"}) == {"title": Field("title", "", "empty")}


def test_what_is_fixed_is_not_read_from_a_form() -> None:
    post = QueryDict("title=T&lease_minutes=5&seed=1&rubrics=&rubrics=a")
    assert posted_settings(post, {}) == {"title": "T", "lease_minutes": "5", "seed": "1", "rubrics": ["a"]}
    assert posted_settings(post, {"seed": "why", "rubrics": "why"}) == {"title": "T", "lease_minutes": "5"}
