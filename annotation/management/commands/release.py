from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.release import release
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Freeze the labels as they are now and write them out: train and check split, ratings, images, manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty or new folder")
        parser.add_argument("--check-size", type=int, default=200, help="responses in the check split (200)")
        parser.add_argument("--seed", type=int, default=0, help="seed of the split (0)")
        parser.add_argument("--hold-out-system", action="append", default=[], metavar="NAME", help="keep out of train")

    def run(self, **options: Any) -> Any:
        made = release(
            project=self.project(options),
            out=options["out"],
            check_size=options["check_size"],
            seed=options["seed"],
            hold_out=options["hold_out_system"],
        )
        self.say(f"{options['out']}: " + ", ".join(f"{key} {value}" for key, value in made.manifest["counts"].items()))
        return {"release": made.version, "out": str(options["out"])} | made.manifest
