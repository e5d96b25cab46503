from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.check import check_scorer
from annotation.flow.check.scorer import SPLITS
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Compare a scorer's scores with the labels of the newest release, or with all labels when there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="MMIE's result file (JSON), or CSV: id, model, score[, sample]")
        parser.add_argument("--scorer", default="", metavar="NAME", help="the scorer's name (the file's)")
        parser.add_argument("--split", choices=SPLITS, default="check")

    def run(self, **options: Any) -> Any:
        result = check_scorer(
            path=options["file"], project=self.project(options), scorer=options["scorer"], split=options["split"]
        )
        self.say(f"{result['scorer']}: {result['scored']} of {result['labels']} labels scored")
        for name, figure in result["overall"].items():
            value = f"{figure['value']:.3f}" if figure["value"] is not None else f"– ({figure['reason']})"
            self.say(f"{name:<8} {value}")
        return result
