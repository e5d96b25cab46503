from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from annotation.flow.release import Options, release
from annotation.management.base import ProjectCommand
from annotation.models import TemplateName

SIZE = "a number of responses, or a share as 20%% or 0.2"


class Command(ProjectCommand):
    help = "Freeze the labels as they are now and write them out: train, check and test split, ratings, images, manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty or new folder")
        parser.add_argument(
            "--check-size", metavar="SIZE", help=f"{SIZE} (by default the earlier check split, else a fifth but at most 200)"
        )
        parser.add_argument("--test-size", metavar="SIZE", help=f"{SIZE} (by default the earlier test split, else none)")
        parser.add_argument("--seed", type=int, default=0, help="seed of the split (0)")
        parser.add_argument("--hold-out-system", action="append", default=[], metavar="NAME", help="keep out of train")
        parser.add_argument("--new-split", action="store_true", help="do not keep the splits of earlier releases")
        parser.add_argument(
            "--check-from-later", action="store_true", help="check and test only from queries that were in no earlier release"
        )
        parser.add_argument("--originals", action="store_true", help="add the originals of images written as they were seen")
        parser.add_argument("--template", choices=TemplateName.values, help="what training answers hold (the project's)")

    def run(self, **options: Any) -> Any:
        made = release(
            project=self.project(options),
            out=options["out"],
            options=Options(
                check_size=options["check_size"],
                test_size=options["test_size"],
                seed=options["seed"],
                hold_out=options["hold_out_system"],
                new_split=options["new_split"],
                check_from_later=options["check_from_later"],
                originals=options["originals"],
                template=options["template"],
            ),
        )
        manifest = made.manifest
        self.say(f"{options['out']}: " + listed(manifest["counts"]))
        if manifest["left_out"]:
            self.say(_("left out: %(reasons)s") % {"reasons": listed(manifest["left_out_counts"])})
        if manifest["split_from"]:
            self.say(_("The splits of release %(version)s are kept.") % {"version": manifest["split_from"]})
        for split, held in manifest["splits"].items():
            self.say(
                _("%(split)s: responses %(responses)s, queries %(queries)s")
                % {"split": split, "responses": held["responses"], "queries": held["queries"]}
            )
            if held["responses"]:
                self.say(f"    {_('by category')}: " + listed(by_category(held["strata"])))
                self.say(f"    {_('by system')}: " + listed({row["system"]: row["responses"] for row in held["systems"]}))
        return {"release": made.version, "out": str(options["out"])} | manifest


def by_category(strata: Iterable[Mapping[str, Any]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in strata:
        counts[row["category"]] += row["responses"]
    return counts


def listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items())
