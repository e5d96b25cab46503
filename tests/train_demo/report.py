"""How well the two scorers' answers on held-out responses agree with the truth, by rank."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from scipy.stats import spearmanr

from tests.train_demo.drawing import Drawn
from tests.train_demo.lines import level_in, score_in

NEEDS = {"shapes": "the image alone", "colour": "image against text", "steps": "the text alone"}
OF_IMAGES = ("shapes", "colour")
SCORE = "score"
SIGHTED_LEAST, BLIND_MOST = 0.8, 0.3

Result = Sequence[Mapping[str, Any]]  # MMIE's result file


class Row(NamedTuple):
    """Rank correlations with the truth, of one criterion or of the score."""

    key: str
    title: str
    needs: str
    sighted: float
    blind: float

    @property
    def fault(self) -> str | None:
        if self.sighted < SIGHTED_LEAST:
            return f"{self.title}: {self.sighted:.3f} with images, expected at least {SIGHTED_LEAST}"
        if self.key in OF_IMAGES and self.blind > BLIND_MOST:
            return f"{self.title}: {self.blind:.3f} without images, expected at most {BLIND_MOST}"
        return None


def titles(rubric: Path) -> dict[str, str]:
    return {criterion["key"]: criterion["title"] for criterion in yaml.safe_load(rubric.read_text())["criteria"]}


def compare(drawn: Sequence[Drawn], named: Mapping[str, str], sighted: Result, blind: Result) -> list[Row]:
    truth = {response.key: response.truth for response in drawn}
    rows = [
        Row(key, title, NEEDS[key], *(of_criterion(result, truth, key, title) for result in (sighted, blind)))
        for key, title in named.items()
    ]
    return [*rows, Row(SCORE, "Score", "all", of_score(sighted, truth), of_score(blind, truth))]


def of_criterion(result: Result, truth: Mapping[tuple[str, str], Mapping[str, int]], key: str, title: str) -> float:
    levels = [level_in(record["gpt_feedback"], title) for record in result]
    return rank_correlation(levels, [truth[record["id"], record["model"]][key] for record in result])


def of_score(result: Result, truth: Mapping[tuple[str, str], Mapping[str, int]]) -> float:
    scores = [score_in(record["gpt_feedback"]) for record in result]
    return rank_correlation(scores, [sum(truth[record["id"], record["model"]].values()) for record in result])


def rank_correlation(written: Sequence[float | None], true: Sequence[float]) -> float:
    """Spearman's. An answer without a number counts as lowest; 0 where all answers are the same, which tell nothing apart."""
    values = np.array([0 if value is None else value for value in written])
    return 0.0 if np.ptp(values) == 0 else float(spearmanr(values, true).statistic)


def table(rows: Sequence[Row]) -> str:
    head = f"{'rank correlation with the truth':<34}{'with images':>12}{'blind twin':>12}"
    return "\n".join([head, *(f"{row.title + ' (' + row.needs + ')':<34}{row.sighted:>12.3f}{row.blind:>12.3f}" for row in rows)])
