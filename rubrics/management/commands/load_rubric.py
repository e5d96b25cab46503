from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.db import transaction

from config.command import JsonCommand
from rubrics.checks import BadRubric
from rubrics.versioning import load
from rubrics.yaml import read


class Command(JsonCommand):
    help = "Load rubric files (YAML or JSON). The same content again changes nothing; changed content is the next version."
    refusals: ClassVar[tuple[type[Exception], ...]] = (BadRubric,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a rubric, in YAML or JSON")

    @transaction.atomic
    def run(self, **options: Any) -> Any:
        loaded = []
        for path in options["files"]:
            rubric, created = load(content=read(path))
            self.say(f"{path}: {rubric.name}, {'new' if created else 'there already'}")
            loaded.append({"slug": rubric.slug, "version": rubric.version, "created": created})
        return {"rubrics": loaded}
