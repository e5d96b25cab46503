from typing import Any

import pytest

from annotation.models import Query
from annotation.sql.blocks import Blocks, Characters, ImageDigests, Images
from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("blocks", "characters", "images"),
    [
        ([], 0, 0),
        ([{"text": None, "image": "a.png"}], 0, 1),
        ([{"text": "12345", "image": None}, {"text": "", "image": "b.png"}, {"text": "67", "image": "b.png"}], 7, 2),
        ([{"text": 'né "图" 😀\n100 % {}', "image": None}], 17, 0),
    ],
)
def test_the_database_counts_characters_images_and_blocks_as_python_does(blocks: Any, characters: int, images: int) -> None:
    project = make_project()
    project.queries.create(external_id="PBL-1", blocks=blocks)
    counted = (Characters("blocks"), Images("blocks"), Blocks("blocks"))
    assert Query.objects.values_list(*counted).get() == (characters, images, len(blocks))
    assert sum(len(block["text"] or "") for block in blocks) == characters


@pytest.mark.parametrize(
    ("blocks", "digests"),
    [
        (None, None),
        ([{"text": "a", "image": None}], None),
        ([{"text": None, "image": "ab1"}, {"text": "a", "image": None}, {"text": None, "image": "cd2"}], "ab1 cd2"),
    ],
)
def test_the_database_names_the_images_of_blocks(blocks: Any, digests: str | None) -> None:
    project = make_project()
    project.queries.create(external_id="PBL-1", blocks=[], correct_answer=blocks)
    assert Query.objects.values_list(ImageDigests("correct_answer")).get() == (digests,)
