"""Responses that are hard to show, each alone in a project of its own that is named after it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image as Pillow
from PIL import ImageDraw

from tests.installation import ROOT, Installation

ARABIC = "صف كيف تتغير الشجرة في الفصول الأربعة، واذكر لون الأوراق في كل فصل (مثل: أخضر، 25%)."
CHINESE = (
    "请用四幅图说明一棵树在四季中的变化，并在每幅图旁写一句话。“春天”先发芽，然后开花；夏天枝叶茂盛；秋天落叶；冬天只剩树枝。"
)
STEPS = [
    "Fold the sheet **once**, edge to edge.",
    "Open it: the crease is at $x = \\frac{1}{2}$.",
    "Fold both edges to the crease.",
]
SET_UP = """
import json, os
from pathlib import Path
from annotation.flow.load.items import load_items
from annotation.flow.setup.projects import add_member, create_project, set_password
folder = Path(os.environ["HARD"])
people = os.environ["PEOPLE"].split()
for name in json.loads((folder / "names.json").read_text()):
    project = create_project(slug=name, rubrics=["mmie-pbl", "mmie-msr"], title=name)
    report = load_items(path=folder / f"{name}.json", project=project)
    assert not report.rejected, report.rejected
    members = [add_member(username=person, project=project, role="annotator", create=True) for person in people]
for member in members:  # of the last project, where the same people are as in each
    set_password(user=member.user, password=os.environ["PASSWORD"])
"""


def texts(*given: str) -> list[dict[str, Any]]:
    return [{"text": text, "image": None} for text in given]


def step(number: int | str, text: str | None = None) -> dict[str, Any]:
    return {"text": text, "image": f"images/{number}.png"}


def record(name: str, answer: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    question = texts("Show step by step how to fold a boat.")
    made = {"id": f"PBL-{name}", "question": question, "answer": answer, "model": "m"} | more
    return made | {"gt_answer": made.get("gt_answer", []), "field": "Craft", "subfield": "Paper"}


def reference(level: int, profile: dict[str, int] | None = None) -> dict[str, Any]:
    return {"blocks": [step(level % 4, f"An answer of level {level}."), *texts("And how it ends.")], "profile": profile}


LADDER = {str(level): reference(level) for level in range(1, 7)}
PROFILES = {
    "1": reference(1, {"text_quality": 1, "image_quality": 3}),
    "3": reference(3, {"text_quality": 3, "image_quality": 1}),
    "4": reference(4, {"text_quality": 5, "image_quality": 4}),
    "6": reference(6, {"text_quality": 6, "image_quality": 6}),
}
CASES = [
    record(
        "steps", [step(number, text) for number, text in enumerate(STEPS)], references=LADDER, question=[step(3, "Fold a boat.")]
    ),
    record("profiles", [step(3, STEPS[0])], references=PROFILES),
    record("two-levels", texts(*STEPS), references={"2": reference(2), "5": reference(5)}),
    record("ten-images", [step(number % 4, f"Step {number + 1}.") for number in range(10)], references=LADDER),
    record("fifty-images", [step(number % 4) for number in range(50)]),
    record("images-alone", [step(0), step(1), step(2)]),
    record("text-alone", texts("# A boat\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n`code`", *STEPS)),
    record("one-after-the-other", [*texts(STEPS[0]), step(0), *texts(STEPS[1]), step(1)]),
    record("long", texts(("This step is told at length, as some models do. " * 2100)[:100_000]), references=LADDER),
    record("arabic", [step(0, ARABIC), *texts(ARABIC)], question=texts(ARABIC)),
    record("chinese", [step(0, CHINESE), *texts(CHINESE * 4)], question=texts(CHINESE)),
    record("nothing", []),
    record("empty-block", [*texts("Before."), {"text": "", "image": None}, *texts("After.")]),
    record("wide", [step("wide", STEPS[0]), step("wide")]),
    record(
        "odd-shapes",
        [{"text": "A strip, a tower and a stamp.", "image": f"images/{shape}.png"} for shape in ("strip", "tower", "stamp")],
    ),
    record("correct", texts("42"), id="MSR-correct", gt_answer=texts("$6 \\times 7 = 42$")),
]
SIZES = {
    "0": (1024, 1024),
    "1": (800, 600),
    "2": (600, 800),
    "3": (300, 200),
    "wide": (1600, 800),
    "strip": (1600, 60),
    "tower": (200, 1600),
    "stamp": (90, 60),
}


def write(folder: Path) -> None:
    """Each case as an item file, with the images that they share."""
    (folder / "images").mkdir()
    for number, (name, size) in enumerate(SIZES.items()):
        made = Pillow.new("RGB", size, ("#c9dfe6", "#f1dfc2", "#d8e6cc", "#e6d3de")[number % 4])
        draw = ImageDraw.Draw(made)
        for line in range(0, max(size), 40):
            draw.line((line, 0, line, size[1]), "#ffffff")
            draw.line((0, line, size[0], line), "#ffffff")
        draw.ellipse((size[0] * 0.3, size[1] * 0.3, size[0] * 0.7, size[1] * 0.7), "#1c5d6b")
        made.save(folder / "images" / f"{name}.png")
    for case in CASES:
        (folder / f"{slug(case)}.json").write_text(json.dumps([case]))
    (folder / "names.json").write_text(json.dumps([slug(case) for case in CASES]))


def slug(case: dict[str, Any]) -> str:
    return str(case["id"]).split("-", 1)[1]


def load(made: Installation, folder: Path, *, people: str, password: str) -> None:
    """One process for all the projects, where the commands would be three each."""
    write(folder)
    environment = {**made.environment, "HARD": str(folder), "PEOPLE": people, "PASSWORD": password}
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SET_UP]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
