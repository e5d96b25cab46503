"""What a plain reader of pictures must be handed so that it shows what the annotators saw."""

from annotation.imaging.colours import flattened, for_screen, foreign_profile
from annotation.imaging.inspect import frames, opened, turn_of, turn_to_decode
from annotation.imaging.otherwise import first_shown, reasons
from annotation.imaging.render import encode, plain_copy

LEVEL = 4  # a photograph becomes as small as by Pillow's own 6, in a third of the time


def why_otherwise(content: bytes) -> str:
    """What `examine` says of it, without decoding more of the picture than that takes. Raises BadImage."""
    with opened(content) as (image, _file):
        return reasons(image, is_turned=turn_of(image) is not None)


def as_seen(content: bytes) -> bytes:
    """The picture as a PNG, without loss: upright, in sRGB, on white, with eight bits a colour; an animation's first frame shown.

    The same bytes for the same file, in the size that pages say it has. Raises BadImage.
    """
    with opened(content) as (image, file):
        turn, profile, first = turn_of(image), foreign_profile(image), first_shown(image)
        with turn_to_decode(image):
            frame = next(frame for number, frame in enumerate(frames(image, file)) if number == first)
            shown = flattened(for_screen(plain_copy(frame, turn, profile, None)))
            shown.info = {}  # a grey of sixteen bits still names the one that is transparent
            return encode([shown], [], "PNG", {"compress_level": LEVEL})
