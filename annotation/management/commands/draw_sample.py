from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.sample import STRATA, Plan, draw_sample, preview_sample
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar
from annotation.models import Sample


class Command(ProjectCommand):
    help = "Draw which responses of the pool are to be scored, and make their slots; the draw, its seed and chances are recorded."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--size", type=int, required=True, metavar="N", help="how many responses, or queries, are drawn")
        parser.add_argument("--by", default="", metavar="NAME,…", help=f"the strata: some of {', '.join(STRATA)}")
        parser.add_argument(
            "--unit",
            choices=Sample.Unit.values,
            default="response",
            help="draw responses, or queries with all of theirs (response)",
        )
        parser.add_argument(
            "--allocation",
            choices=Sample.Allocation.values,
            default="proportional",
            help="each stratum by its share of the pool, or as many of each (proportional)",
        )
        parser.add_argument(
            "--system", action="append", default=[], metavar="NAME", help="draw from this system; repeat it for several (all)"
        )
        parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same from the same pool (0)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be drawn, store nothing")

    def run(self, **options: Any) -> Any:
        project = self.project(options)
        plan = Plan(
            size=options["size"],
            by=tuple(name for name in options["by"].split(",") if name),
            unit=options["unit"],
            allocation=options["allocation"],
            systems=tuple(sorted(set(options["system"]))),
            seed=options["seed"],
        )
        if options["dry_run"]:
            preview = preview_sample(project, plan)
            self.say_strata(preview.strata)
            return {"sample": None, **preview.as_dict()}
        with progress_bar() as progress:
            sample = draw_sample(project=project, plan=plan, progress=progress)
        self.say_strata(sample.strata)
        responses = sample.sampled.count()
        self.say(f"sample {sample.number}: {responses} responses are to be scored")
        return {"sample": sample.number, "responses": responses, "strata": sample.strata}

    def say_strata(self, strata: list[dict[str, Any]]) -> None:
        for stratum in strata:
            self.say(f"{', '.join(stratum['values']) or '-':<60} {stratum['drawn']:>7} of {stratum['size']}")
