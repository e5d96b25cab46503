"""images/: each image once, with its original bytes, named by its hash."""

from collections.abc import Iterator

from annotation.exporters.data import Content


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    for name in sorted({name for label in content.labels for name in label.images}):
        yield f"images/{name}", content.read_image(name)
