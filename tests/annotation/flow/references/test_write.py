"""An expert writes a revision, whole or not at all."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from annotation.access.blind import newest_revisions
from annotation.errors import AlreadyDone, Refused, ValidationError
from annotation.flow.duplicates.resolve import drop
from annotation.flow.references import add_images, write_answer
from annotation.models import Event, Image, Query, ReferenceRevision, User
from tests.factories import block, load, make_member, make_project, png, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def query() -> Query:
    load(make_project(), [record(references={"3": {"blocks": [block("Middling")], "profile": {"text": 3}}})])
    return Query.objects.select_related("project").get()


@pytest.fixture
def eva(query: Query) -> User:
    return make_member(query.project, "eva", "expert")


def stored() -> tuple[int, int, int]:
    return ReferenceRevision.objects.count(), Image.objects.count(), Event.objects.filter(verb="reference_written").count()


def test_the_first_answer_of_a_level(query: Query, eva: User) -> None:
    revision = write_answer(query=query, level=5, blocks=[block("Good"), block(None)], by=eva)
    assert (revision.answer.level, revision.number, revision.blocks, revision.made_by, revision.is_approved) == (
        5, 1, [block("Good")], eva, False,
    )  # fmt: skip
    assert list(Event.objects.filter(verb="reference_written").values_list("by__username", "data")) == [
        ("eva", {"query": "PBL-0001", "level": 5, "revision": 1})
    ]
    assert [shown.answer.level for shown in newest_revisions(query.pk)] == [3]


def test_a_revision_keeps_the_profile_and_stays_behind_the_approved_one(query: Query, eva: User) -> None:
    revision = write_answer(query=query, level=3, blocks=[block("Better")], by=eva, based_on=1)
    assert (revision.number, revision.profile) == (2, {"text": 3})
    assert [shown.blocks for shown in newest_revisions(query.pk)] == [[block("Middling")]]


def test_a_profile_alone_is_a_revision_and_can_be_taken_away(query: Query, eva: User) -> None:
    answer = {"query": query, "level": 3, "blocks": [block("Middling")], "by": eva}
    profiles = [write_answer(**answer, profile=profile).profile for profile in ({"images": 6, "text": 1}, {}, {"text": 2}, None)]
    assert profiles == [{"images": 6, "text": 1}, None, {"text": 2}, None]
    with pytest.raises(AlreadyDone, match="revision 5 says the same"):
        write_answer(**answer, profile=None)


@pytest.mark.parametrize(
    ("profile", "field", "told"),
    [
        ({"text": 7}, "profile.text", "`7`: expected a level from 1 to 6"),
        ({"loud": 3}, "profile.loud", "`loud`: expected one of images, text"),
        ({"text": "3"}, "profile", '`{"text": "3"}`: expected a level per criterion'),
        ([3], "profile", "`[3]`: expected a level per criterion"),
    ],
)
def test_a_profile_that_an_import_would_refuse_is_refused(query: Query, eva: User, profile: Any, field: str, told: str) -> None:
    with pytest.raises(ValidationError) as error:
        write_answer(query=query, level=3, blocks=[block("Better")], by=eva, profile=profile)
    assert (error.value.fields, ReferenceRevision.objects.count()) == ({field: told}, 1)


def test_images_are_stored_with_the_answer_once(query: Query, eva: User) -> None:
    images = {"a.png": png("red"), "b.png": png("blue")}
    first = write_answer(query=query, level=5, blocks=[block("See", "a.png"), block(None, "b.png")], by=eva, images=images)
    red = Image.objects.get(sha256=first.blocks[0]["image"])
    assert default_storage.exists(f"originals/{red.sha256[:2]}/{red.sha256}.png")
    again = write_answer(query=query, level=6, blocks=[block("Again", red.key)], by=eva)
    assert again.blocks == [block("Again", red.sha256)]
    write_answer(query=query, level=1, blocks=[block(None, "copy.png")], by=eva, images={"copy.png": png("red")})
    assert Image.objects.count() == 2


def test_images_are_taken_in_before_an_answer_is(query: Query) -> None:
    keys = add_images(project=query.project, images={"a.png": png("red"), "same.png": png("red")})
    assert keys == dict.fromkeys(["a.png", "same.png"], Image.objects.get().key)


@pytest.mark.parametrize(
    ("level", "blocks", "field", "told"),
    [
        (7, [block("x")], "level", "7: expected a level from 1 to 6"),
        (3, [], "blocks", "expected a text or an image"),
        (3, [block(" " * 0)], "blocks", "expected a text or an image"),
        (3, "text", "blocks", "`text`: expected a list of blocks"),
        (3, [{"text": "x", "size": 3}], "blocks[0]", '`{"text": "x", "size": 3}`: expected {"text": …, "image": …}'),
        (3, [block("x", "else")], "blocks[0].image", "expected an image of the project or an uploaded one"),
    ],
)
def test_what_an_import_would_refuse_is_refused(query: Query, eva: User, level: int, blocks: Any, field: str, told: str) -> None:
    before = stored()
    with pytest.raises(ValidationError) as error:
        write_answer(query=query, level=level, blocks=blocks, by=eva)
    assert (error.value.fields, stored()) == ({field: told}, before)


def test_a_file_that_is_no_image_leaves_nothing(query: Query, eva: User) -> None:
    before = stored()
    images = {"a.png": png(), "b.png": b"no image"}
    with pytest.raises(ValidationError, match=r"^b\.png: "):
        write_answer(query=query, level=3, blocks=[block(None, "a.png"), block(None, "b.png")], by=eva, images=images)
    assert (stored(), default_storage.exists("originals")) == (before, False)


def test_a_refused_answer_leaves_none_of_its_images(query: Query, eva: User) -> None:
    before = stored()
    with pytest.raises(Refused, match="Somebody else saved revision 1 meanwhile"):
        write_answer(query=query, level=3, blocks=[block(None, "a.png")], by=eva, based_on=0, images={"a.png": png()})
    assert stored() == before
    assert [files for files in default_storage.listdir("pending")[1:] if files != []] == []


def test_an_image_of_another_project_is_no_image_here(query: Query, eva: User) -> None:
    load(make_project(slug="other", rubrics=["small"]), [record(2, answer=[block(None, "a.png")])], {"a.png": png()})
    with pytest.raises(ValidationError, match="expected an image of the project"):
        write_answer(query=query, level=3, blocks=[block(None, Image.objects.get().key)], by=eva)


def test_the_same_again_is_no_revision(query: Query, eva: User) -> None:
    with pytest.raises(AlreadyDone, match="revision 1 says the same"):
        write_answer(query=query, level=3, blocks=[block("Middling")], by=eva)


def test_a_dropped_query_gets_no_answer(query: Query, eva: User) -> None:
    drop(query=query, by=eva)
    with pytest.raises(Refused, match="PBL-0001 was dropped"):
        write_answer(query=query, level=3, blocks=[block("Better")], by=eva)
