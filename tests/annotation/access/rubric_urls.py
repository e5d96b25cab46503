"""The addresses of rubrics: who may call each, and how. `otto` manages another project that uses the same rubric."""

from typing import Any

from django.utils import timezone

from rubrics.models import ExampleImage

OF_A_RUBRIC = {"rubrics:detail", "rubric", "rubrics:file", "rubric-file", "rubrics:compare", "rubric-compare"}
ROLES: dict[str, tuple[str, set[str]]] = {
    "rubrics:new": ("get", {"lea", "otto"}),
    "rubrics:import": ("get", {"lea", "otto"}),
    "rubric-load": ("post", {"lea", "otto"}),
    "rubrics:image": ("get", {"lea", "otto"}),  # of one that no rubric has yet: whoever may have uploaded it
    "rubric-images": ("post", {"lea", "otto"}),
    "rubrics:edit": ("get", {"lea", "otto"}),
    "rubrics:freeze": ("post", {"lea", "otto"}),
    "rubric-next": ("post", {"lea", "otto"}),
    "rubric-freeze": ("post", {"lea", "otto"}),
    "project-rubrics": ("get", {"lea"}),
    "api:project-rubrics": ("get", {"lea"}),
    "api:rubric-move": ("post", {"lea"}),
}
OF_NO_PROJECT = {name for name in ROLES if not name.endswith(("project-rubrics", "rubric-move"))}
OF_NONE: dict[str, tuple[Any, ...]] = {"rubrics:new": (), "rubrics:import": (), "rubric-load": (), "rubric-images": ()}
OF_ONE = {*OF_A_RUBRIC, "rubrics:edit", "rubrics:freeze", "rubric-next", "rubric-freeze"}
IMAGE = "0" * 64
ARGUMENTS = dict.fromkeys(OF_ONE, ("small", 1)) | OF_NONE | {"rubrics:image": (IMAGE,)}
COMPARED = ("rubrics:compare", "rubric-compare")


def make_image() -> None:
    ExampleImage.objects.create(sha256=IMAGE, format="PNG", original=b"x", shown=b"x", uploaded_at=timezone.now())
