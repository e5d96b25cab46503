"""The error of labels against the quality that annotators perceive: by the project's rule, with an expert who decides what is in
dispute, beside the plain mean of three, and beside the same rule with a median.

The model: quality is normal around the middle of a scale from 1 to 6, and lies on the scale. Ten annotators, three of them for
each response, perceive it with a severity and a noise of their own and give the nearest level; a slip is any level. The expert
perceives it with a third of the typical noise (or half of it: what is gained depends on the adjudicator), without severity, and
never slips. Severities have a mean of 0, since nothing in
ratings shows the severity of all.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from annotation.agreement import agreed_values, disputed, exact
from annotation.agreement.pairs import adjacent

SCALE = range(1, 7)
RESPONSES, PEOPLE, EACH, STUDIES = 600, 10, 3, 200
QUALITY, NOISE, SEVERITY = 1.25, 0.65, 0.2  # standard deviations: exact .40 and adjacent .87, as typical studies have them


@dataclass(frozen=True)
class Conditions:
    severity: float = SEVERITY
    noises: tuple[float, ...] = (NOISE,)  # of the annotators in turn
    slips: float = 0.0


CONDITIONS = {
    "typical": Conditions(),
    "large severity": Conditions(severity=0.8),
    "unequal noise": Conditions(noises=(0.35, 0.65, 1.2)),
    "5 % slips": Conditions(slips=0.05),
    "10 % slips": Conditions(slips=0.10),
}


class Errors(NamedTuple):
    """Root mean squared errors of one study's labels, and the share of its responses that are in dispute."""

    plain: float
    by_rule: float
    by_worse_expert: float
    by_median: float
    disputed: float


def levels(perceived: Any) -> Any:
    return np.clip(np.rint(perceived), SCALE[0], SCALE[-1])


def ratings_of(conditions: Conditions, random: Any) -> tuple[Any, Any]:
    """The ratings, annotators x responses, and the quality of the responses."""
    quality = np.clip(random.normal(np.mean(SCALE), QUALITY, RESPONSES), SCALE[0], SCALE[-1])
    severity = random.normal(0, conditions.severity, (PEOPLE, 1))
    noise = np.resize(conditions.noises, PEOPLE)[:, np.newaxis]
    ratings = levels(quality + severity - severity.mean() + noise * random.normal(size=(PEOPLE, RESPONSES)))
    slips = random.random(ratings.shape) < conditions.slips
    ratings[slips] = random.integers(SCALE[0], SCALE[-1] + 1, slips.sum())
    ratings[random.random(ratings.shape).argsort(axis=0) >= EACH] = np.nan
    return ratings, quality


def errors(conditions: Conditions, seed: int) -> Errors:
    random = np.random.default_rng(seed)
    ratings, quality = ratings_of(conditions, random)
    perceived = random.normal(size=RESPONSES)
    expert, worse = (levels(quality + NOISE / part * perceived) for part in (3, 2))
    far, mean = disputed(ratings, ~np.isnan(ratings)), agreed_values(ratings).as_floats()
    median = np.nanmedian(ratings, axis=0)
    by_rules = [np.where(far, decided, agreed) for decided, agreed in ((expert, mean), (worse, mean), (expert, median))]
    return Errors._make([*(float(np.sqrt(np.mean((label - quality) ** 2))) for label in (mean, *by_rules)), float(far.mean())])


def labels() -> None:
    print(f"error of labels, {STUDIES} studies of {RESPONSES} responses, {EACH} of {PEOPLE} annotators each")
    for name, conditions in CONDITIONS.items():
        studies = np.array([errors(conditions, seed) for seed in range(STUDIES)])
        plain, by_rule, worse, by_median, share = studies.mean(axis=0)
        less = 100 * (1 - studies[:, 1:3] / studies[:, :1])
        (gain, worse_gain), spread = less.mean(axis=0), 1.96 * less.std(axis=0, ddof=1) / np.sqrt(STUDIES)
        some, _quality = ratings_of(conditions, np.random.default_rng(0))
        print(f"  {name}: exact {exact(some).value:.2f}, adjacent {adjacent(some).value:.2f}, {100 * share:.1f} % in dispute")
        print(f"    plain mean {plain:.3f}; by the rule {by_rule:.3f}, {gain:.1f} % less (± {spread[0]:.1f})")
        print(f"    by the rule with a worse expert {worse:.3f}, {worse_gain:.1f} % less (± {spread[1]:.1f})")
        print(f"    by the rule with a median {by_median:.3f}")
