"""The copy of an image that stands in a rubric as an example: the rubrics know nothing of images but this."""

from annotation.imaging.inspect import BadImage, examine
from annotation.imaging.render import render


def shown_copy(content: bytes) -> tuple[str, bytes]:
    """The image's format, and the copy that pages show. Raises ValueError, which says what was expected."""
    try:
        picture = examine(content)
        return picture.format, render(content, width=None, format=picture.format)
    except BadImage as error:
        raise ValueError(str(error)) from error
