"""Responses whose truth is known: a list of steps, shapes on coloured paper, and a sentence that names the colour.

Per query and system all is drawn by chance from a seed. No part of a response tells the truth of another: what an image alone, a
text alone, or one against the other tells, nothing else does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin
from random import Random
from typing import Any

from PIL import Image, ImageChops, ImageDraw

SIZE = 48  # pixels on each side
MOST = 6  # shapes and steps that are asked for
COLUMNS, ROWS = 3, 2
SYSTEMS = ("brush", "crayon", "pencil", "stencil")
KINDS = {"circles": 0, "squares": 4, "triangles": 3}  # corners
INK = (24, 24, 24)
PAPERS = {"red": (240, 90, 90), "blue": (100, 140, 245)}
OTHER = {"red": "blue", "blue": "red"}
# How often the text names the colour of such a paper. Of what it names, half is right whichever it is, so the text alone tells
# nothing; that the image alone tells a little lets a small model find in minutes that it has to compare the two.
NAMED_RIGHT = {"red": 0.65, "blue": 0.35}
RIGHT, CONTRADICTS = 6, 1  # levels
STEPS = ("Fold the paper twice.", "Choose a pen.", "Trace the outlines.", "Fill the shapes.", "Let it dry.", "Sign the back.")
PEOPLE = ("A teacher", "My sister", "The new baker", "Our neighbour", "A museum guide", "The football club", "A young doctor")
PLACES = ("by the harbour", "in the old mill", "at the night market", "near the station", "on the top floor", "behind the school")
USES = ("needs a card for a birthday", "plans a poster for the fair", "wants a cover for a notebook", "makes a sign for the door")


@dataclass(frozen=True)
class Drawn:
    """One system's response to one query. `shapes` is how many are drawn, `steps` the numbers of those that are listed."""

    query: str
    question: str
    system: str
    kind: str
    shapes: int
    colour: str
    named: str
    steps: tuple[int, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.query, self.system

    @property
    def truth(self) -> dict[str, int]:
        """The right level of each criterion of rubric.yaml."""
        return {
            "shapes": self.shapes,
            "colour": RIGHT if self.named == self.colour else CONTRADICTS,
            "steps": len(self.steps),
        }

    @property
    def image_name(self) -> str:
        return f"images/{self.query}-{self.system}.png"

    @property
    def record(self) -> dict[str, Any]:
        """As an item file has it."""
        steps = "\n".join(f"{number}. {STEPS[number - 1]}" for number in self.steps)
        return {
            "id": self.query,
            "model": self.system,
            "question": [{"text": self.question, "image": None}],
            "answer": [
                {"text": steps, "image": self.image_name},
                {"text": f"The paper is {self.named}.", "image": None},
            ],
        }


def draw_responses(*, queries: int, seed: int) -> Iterator[Drawn]:
    """As many responses to each query as there are systems."""
    for number in range(1, queries + 1):
        query = f"PBL-{number:04}"
        random = Random(f"{seed}:{query}")
        kind = random.choice(tuple(KINDS))
        task = " ".join([random.choice(PEOPLE), random.choice(PLACES), random.choice(USES)])
        question = f"{task}, number {number}.\nList the six steps, draw six {kind} on coloured paper, and name its colour."
        for system in SYSTEMS:
            colour = random.choice(tuple(PAPERS))
            yield Drawn(
                query=query,
                question=question,
                system=system,
                kind=kind,
                shapes=random.randint(1, MOST),
                colour=colour,
                named=colour if random.random() < NAMED_RIGHT[colour] else OTHER[colour],
                steps=tuple(sorted(random.sample(range(1, MOST + 1), random.randint(1, MOST)))),
            )


def picture(drawn: Drawn, *, seed: int) -> Image.Image:
    """The shapes in places drawn by chance. No two papers are alike, or pictures would be taken for one another."""
    random = Random(f"{seed}:{drawn.image_name}")
    image = paper(PAPERS[drawn.colour], random)
    draw = ImageDraw.Draw(image)
    width, height = SIZE / COLUMNS, SIZE / ROWS
    for place in random.sample(range(COLUMNS * ROWS), drawn.shapes):
        column, row = place % COLUMNS, place // COLUMNS
        x, y = (column + 0.5) * width + random.uniform(-0.6, 0.6), (row + 0.5) * height + random.uniform(-3, 3)
        shape(draw, (x, y), random.uniform(5.3, 6.5), KINDS[drawn.kind])
    return image


def paper(colour: tuple[int, int, int], random: Random) -> Image.Image:
    grain = Image.frombytes("L", (6, 6), bytes(random.randint(150, 255) for _pixel in range(36)))
    shade = grain.resize((SIZE, SIZE), Image.Resampling.BICUBIC).convert("RGB")
    return ImageChops.multiply(Image.new("RGB", (SIZE, SIZE), colour), shade)


def shape(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, corners: int) -> None:
    """A disc, where it has no corners."""
    x, y = centre
    if corners == 0:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=INK)
        return
    turn = pi / 4 if corners == 4 else -pi / 2
    angles = [turn + 2 * pi * corner / corners for corner in range(corners)]
    draw.polygon([(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles], fill=INK)
