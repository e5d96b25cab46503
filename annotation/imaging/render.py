"""Makes the copies of an image that pages show: upright, in sRGB, scaled, without metadata."""

import io
from typing import Any

from PIL import Image as Pillow
from PIL import ImageCms

from annotation.imaging.colours import flattened, for_screen, foreign_profile, in_srgb
from annotation.imaging.inspect import Orientation, frames, opened, turn_of, upright

MOST_LOOPS = MOST_MILLISECONDS = 65_535  # what every format can write


def render(content: bytes, *, width: int | None, format: str) -> bytes:
    """The copy for showing: upright, in sRGB, without metadata; the same bytes for the same file.

    Without a width it has the picture's own size, and `format` must be its own; with one it is scaled down to that width, as
    WEBP or JPEG. Animations stay animated, except as JPEG, which holds their first frame; JPEG has white for transparent.
    Raises BadImage.
    """
    with opened(content) as (image, file):
        turn, profile = turn_of(image), foreign_profile(image)
        if width is None and image.format == "JPEG" and turn is None and profile is None and image.mode in ("L", "RGB"):
            image.load()
            return encode([image], [], format, {"quality": "keep"})
        size = None if width is None else upright(scaled(upright(image.size, turn), width), turn)
        if size:
            image.draft(None, size)  # a JPEG is decoded near that size at once
        options: dict[str, Any] = {"quality": 85 if size else 92}
        if format == "WEBP" and not size and b"VP8L" in content and b"VP8 " not in content:
            options = {"lossless": True}
        first = image.size
        shown, milliseconds = [], []
        for frame in frames(image, file):
            shown.append(plain_copy(frame.crop((0, 0, *first)) if frame.size != first else frame, turn, profile, size))
            milliseconds.append(min(round(frame.info.get("duration", 0)), MOST_MILLISECONDS))
            if format == "JPEG":
                return encode([flattened(shown[0])], [], format, options)
        if image.info.get("default_image") and len(shown) > 1:  # the first is for programs that cannot play the animation
            shown, milliseconds = shown[1:], milliseconds[1:]
        if format != "GIF" or "loop" in image.info:  # a GIF without the number is played once
            options["loop"] = min(image.info.get("loop", 1), MOST_LOOPS)
        return encode(shown, milliseconds, format, options)


def scaled(size: tuple[int, int], width: int) -> tuple[int, int]:
    """The size at that width; a smaller picture keeps its own."""
    width = min(width, size[0])
    return width, max(1, round(size[1] * width / size[0]))


def plain_copy(
    frame: Pillow.Image, turn: Orientation | None, profile: ImageCms.ImageCmsProfile | None, size: tuple[int, int] | None
) -> Pillow.Image:
    """A copy of the pixels and their transparency, without metadata; `size` is meant before the turn."""
    copy = frame.copy()
    if size:
        copy = for_screen(copy).resize(size, Pillow.Resampling.LANCZOS, reducing_gap=3.0)
    if profile:
        copy = in_srgb(copy, profile)
    if copy.mode == "CMYK":
        copy = copy.convert("RGB")
    if turn is not None:
        copy = copy.transpose(turn)
    copy.info = {key: value for key, value in copy.info.items() if key == "transparency"}
    return copy


def encode(shown: list[Pillow.Image], milliseconds: list[int], format: str, options: dict[str, Any]) -> bytes:
    """The file of the frames. Pillow writes metadata from `info`, so that only transparency may be left in it."""
    shown[0].info = {key: value for key, value in shown[0].info.items() if key == "transparency"}
    if format == "JPEG":
        options |= {"optimize": True}
    if len(shown) > 1:
        options |= {"save_all": True, "append_images": shown[1:], "duration": milliseconds}
    if len(shown) > 1 and format == "GIF":  # the next frame is painted over this one, unless it lets something through
        options |= {"disposal": 2 if any(frame.has_transparency_data for frame in shown) else 1}
    file = io.BytesIO()
    shown[0].save(file, format=format, **options)
    return file.getvalue()
