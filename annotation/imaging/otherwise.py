"""Why a plain reader, `PIL.Image.open(path).convert("RGB")`, would show a picture otherwise than pages do.

Pages show it turned upright, in sRGB, on white where it is transparent, with eight bits a colour; an animation moves.
"""

from PIL import Image as Pillow
from PIL import ImageFile

from annotation.imaging.colours import for_screen, foreign_profile

AS_IT_IS = "no"  # stands for no reason at all


def reasons(image: ImageFile.ImageFile, *, is_turned: bool) -> str:
    """The reasons, joined by commas, or AS_IT_IS, of a picture that stands at its first frame.

    CMYK counts though Pillow converts it as pages do: other readers do not. Transparency counts where something is seen through
    the first frame, which its pixels tell; it is not asked where that is no part of the animation. All others stand in the head.
    """
    holds = {
        "turned": is_turned,
        "transparent": not first_shown(image) and has_clear_pixel(image),
        "cmyk": image.mode == "CMYK",
        "sixteen_bit": image.mode.startswith("I"),
        "animated": is_animated(image),
        "colour_profile": foreign_profile(image) is not None,
    }
    return ",".join(reason for reason, is_so in holds.items() if is_so) or AS_IT_IS


def is_animated(image: ImageFile.ImageFile) -> bool:
    """A JPEG with more pictures behind it (MPO) is not: nobody is shown those."""
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


def first_shown(image: ImageFile.ImageFile) -> int:
    """The number of the first frame that pages show: a PNG may have a picture before it, for programs that play no animation."""
    return 1 if image.info.get("default_image") and is_animated(image) else 0


def has_clear_pixel(frame: Pillow.Image) -> bool:
    if not frame.has_transparency_data:
        return False
    shown = for_screen(frame)
    return shown.mode == "RGBA" and any(shown.getchannel("A").histogram()[:255])
