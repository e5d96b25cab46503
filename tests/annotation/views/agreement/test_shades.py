"""The shades of a matrix, as colours: every number stands out from its own, in light and dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STYLES = Path(settings.BASE_DIR) / "annotation/static/annotation/styles"


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_number_of_a_matrix_is_readable_on_its_shade(theme: int) -> None:
    accent, card = (oklab(linear(token(name)[theme])) for name in ("accent", "card"))
    shades = re.findall(r"\.shade-(\d) \{\s+--shade: (\d+)%", (STYLES / "agreement" / "matrix.css").read_text())
    shares = {int(number): int(share) / 100 for number, share in shades}
    colours = {
        number: from_oklab([share * mine + (1 - share) * its for mine, its in zip(accent, card, strict=True)])
        for number, share in shares.items()
    }
    ink, other = ([0.0] * 3, [1.0] * 3) if theme == 0 else ([1.0] * 3, [0.0] * 3)
    low = {number: contrast(colour, other if number > 6 else ink) for number, colour in colours.items()}
    assert sorted(shares) == list(range(10))
    assert {number: ratio for number, ratio in low.items() if ratio < 4.5} == {}


def token(name: str) -> tuple[str, str]:
    found = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", (STYLES / "base.css").read_text())
    assert found
    return found[1], found[2]


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(rows: list[list[float]], column: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, column, strict=True)) for row in rows]


def oklab(colour: list[float]) -> list[float]:
    """As CSS Color 4 has it, from linear sRGB."""
    cones = times(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ],
        colour,
    )
    return times(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ],
        [cone ** (1 / 3) for cone in cones],
    )


def from_oklab(colour: list[float]) -> list[float]:
    cones = times([[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.2914855480]], colour)
    return times(
        [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.7076147010],
        ],
        [cone**3 for cone in cones],
    )


def contrast(one: list[float], other: list[float]) -> float:
    dark, bright = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (bright + 0.05) / (dark + 0.05)
