"""The colours of a picture: the modes that can be shown, the ground behind transparency, and colour profiles."""

import io

from PIL import Image as Pillow
from PIL import ImageCms, ImageFile

LARGEST_PROFILE = 4 * 1024 * 1024
COLOURS = {"RGB ": ("RGB", "RGBA"), "GRAY": ("L",), "CMYK": ("CMYK",)}


def for_screen(image: Pillow.Image) -> Pillow.Image:
    """The image in a mode that can be scaled: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("L", "RGB", "CMYK") and not image.has_transparency_data:
        return image
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def flattened(image: Pillow.Image) -> Pillow.Image:
    """The image on a white ground, where it is transparent."""
    if image.mode != "RGBA":
        return image
    white = Pillow.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def foreign_profile(image: ImageFile.ImageFile) -> ImageCms.ImageCmsProfile | None:
    """The colour profile; None where there is none, or it cannot be read, is for another mode or is sRGB."""
    content = image.info.get("icc_profile")
    if not content or len(content) > LARGEST_PROFILE:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(content))
        fits = for_profile(image.mode) in COLOURS.get(profile.profile.xcolor_space, ())
        return profile if fits and "srgb" not in ImageCms.getProfileDescription(profile).lower() else None
    except Exception:  # a profile that is broken in any way counts as none
        return None


def for_profile(mode: str) -> str:
    """The mode in which the colours of a picture of this mode are converted."""
    return {"P": "RGB", "PA": "RGBA", "RGBX": "RGB"}.get(mode, mode)


def in_srgb(image: Pillow.Image, profile: ImageCms.ImageCmsProfile) -> Pillow.Image:
    """The image in sRGB, or as it is where the profile cannot be used."""
    image = image if image.mode in ("L", "CMYK") else for_screen(image)
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
