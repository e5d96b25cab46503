from typing import Any

from django.core.management.base import CommandParser

from annotation.flow.release import WHY, compare
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Compare two releases: which labels are new, gone or changed, and what has happened between the two."
    only_reads = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("old", type=int, metavar="A", help="the number of the one release")
        parser.add_argument("new", type=int, metavar="B", help="the number of the other")

    def run(self, **options: Any) -> Any:
        report = compare(self.release(options, options["old"]), self.release(options, options["new"]))
        self.say(", ".join(f"{count} {name}" for name, count in report["counts"].items()))
        for part in ("rules", "options"):
            for name, (old, new) in report[part].items():
                self.say(f"{part}: {name} {old} -> {new}")
        for label in report["labels"]:
            what = ", ".join(difference(label, name) for name in label["what"]) or label["left_out"] or ""
            why = "; ".join(str(WHY[reason]) for reason in label["why"])
            self.say(f"{label['change']:<8} {label['id']} {label['system']} {label['sample']}  {what}  {why}".rstrip())
        return report


def difference(label: dict[str, Any], name: str) -> str:
    return name if name == "criteria" else f"{name} {short(label['old'][name])} -> {short(label['new'][name])}"


def short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
