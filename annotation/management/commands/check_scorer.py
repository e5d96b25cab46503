from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.errors import Rejected
from annotation.flow.check import SPLITS, check_scorer, parse_scale
from annotation.flow.check.report.sentences import headline, sentence
from annotation.management.base import ProjectCommand
from annotation.management.progress import progress_bar

COUNTS = ("unreadable", "missing", "extra", "clipped", "several_numbers", "cut", "dropped")


class Command(ProjectCommand):
    help = "Compare a scorer's scores with the labels of the newest release, or with all labels when there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "file",
            type=Path,
            help="MMIE's result file (JSON), JSON Lines, CSV, TSV: id, model, score[, sample, criterion, run]",
        )
        parser.add_argument("--scorer", default="", metavar="NAME", help="keep the scores as the next run of this scorer")
        parser.add_argument("--split", choices=SPLITS, default="check", help="the responses that are compared (check)")
        parser.add_argument("--release", type=int, metavar="N", help="check against this release, not the newest")
        parser.add_argument(
            "--scale", default="", metavar="LOW:HIGH", help="the scorer's lowest and highest value, as in 0:10 (the rubric's)"
        )
        parser.add_argument(
            "--trained-on", type=int, metavar="N", help="the scorer was trained on the train split of this release"
        )

    def run(self, **options: Any) -> Any:
        with progress_bar() as progress:
            result = check_scorer(
                path=options["file"],
                project=self.project(options),
                scorer=options["scorer"],
                split=options["split"],
                release=None if options["release"] is None else self.release(options, options["release"]),
                scale=parse_scale(options["scale"]),
                trained_on=options["trained_on"],
                progress=progress,
            )
        for line in lines(result):
            self.say(line)
        return result

    def refused(self, error: Exception) -> None:
        if isinstance(error, Rejected):
            self.print_json(error.report())


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report as a text: each measure of the scorer with those of the baselines beside it."""
    against = f"release {report['release']}, split {report['split']}" if report["release"] else "the labels as they are now"
    yield f"{report['scorer']}: {report['scored']} of {report['labels']} labels scored ({against})"
    yield f"{headline(report['verdict'])}: {report['scorer']} {sentence(report['verdict'])}"
    yield ", ".join(f"{name.replace('_', ' ')} {report[name]}" for name in COUNTS)
    if report["runs"]:
        yield f"kept as run {', '.join(map(str, report['runs']))}"
    columns = {"scorer": report["overall"], **report["baselines"], "counting": report["floor"], "worst": report["overall_worst"]}
    yield f"{'':<24}" + "".join(f"{name:>11}" for name in columns) + "   95 % of the scorer"
    for measure, figure in report["overall"].items():
        cells = "".join(f"{as_text(figures[measure]):>11}" for figures in columns.values())
        yield f"{measure.replace('_', ' '):<24}{cells}{interval(figure)}"
    undefined = [figure["reason"] for figures in columns.values() for figure in figures.values() if figure["value"] is None]
    for reason in dict.fromkeys(undefined):
        yield f"–: undefined: {reason}"
    for reason in dict.fromkeys(figure["no_interval"] for figure in report["overall"].values() if figure["no_interval"]):
        yield f"no interval: {reason} (queries scored: {report['queries']})"
    yield "mean, commonest, shuffled: guesses that read nothing; counting: a guess from length, images and blocks"
    if report["scored"] < report["labels"]:
        yield "worst: with the farthest score from each label that has none"
    yield from of_people(report["people"])


def of_people(people: dict[str, Any]) -> Iterator[str]:
    mean, test = people["against_others"]["mean"], people["alternative_test"]
    yield f"PRMSE {with_interval(people['prmse']['prmse'])}"
    yield "r with the mean of the other annotators:"
    yield f"  one annotator {with_interval(mean['r'])}"
    yield f"  the scorer    {with_interval(mean['r_scorer'])}"
    if test["passes"] is None:
        yield f"alternative annotator test: undefined: {test['winning_rate']['reason']}"
        return
    told = f"winning rate {as_text(test['winning_rate'])}, advantage probability {with_interval(test['advantage'])}"
    yield f"alternative annotator test (epsilon {test['epsilon']}): {'passed' if test['passes'] else 'not passed'}, {told}"


def with_interval(figure: dict[str, Any]) -> str:
    return f"undefined ({figure['reason']})" if figure["value"] is None else as_text(figure) + interval(figure)


def interval(figure: dict[str, Any]) -> str:
    return "" if figure["low"] is None else f"   {figure['low']:.3f} to {figure['high']:.3f}"


def as_text(figure: dict[str, Any]) -> str:
    return "–" if figure["value"] is None else f"{figure['value']:.3f}"
