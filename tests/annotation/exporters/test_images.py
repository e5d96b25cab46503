from annotation.exporters import Block
from tests.annotation.exporters.records import files_of, label


def test_each_image_is_written_once_by_its_name() -> None:
    labels = (label(response=(Block(None, "b.png"), Block(None, "a.png"))), label(id="PBL-2", split="check"))
    assert files_of("images", *labels) == {"images/a.png": b"a.png", "images/b.png": b"b.png"}
