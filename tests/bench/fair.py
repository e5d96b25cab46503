"""Fair values: their error beside that of the mean, whether their standard errors are right, and their time.

The studies: the true score of a response is normal around 3.6 with a standard deviation of 1, cut to the scale from 1 to 6. Each
of twelve annotators has a severity (of a mean of 0: nothing in ratings shows the severity of all) and a noise of their own, .7
times a factor whose logarithm has a standard deviation of a third. Both are normal, and scaled to have their mean and standard
deviation exactly: of twelve that are drawn, luck would decide. Ratings are rounded and cut to the scale. Labels in dispute do
not count: an adjudicator decides those.
"""

import time
from typing import Any, NamedTuple

import numpy as np

from annotation.agreement import agreed_values, disputed
from annotation.agreement.fair import fair_values
from tests.bench.many_facet import many_facet_values

ENDS = (1, 6)
RESPONSES, PEOPLE, STUDIES = 800, 12, 12
MEAN, NOISE, UNEQUAL = 3.6, 0.7, 1 / 3
SEVERITIES = (0.0, 0.35, 0.5, 0.7)
LARGE, CRITERIA = 20_103, 6


class Study(NamedTuple):
    """`ratings` is annotators x responses, `truth` has the true score of each response."""

    ratings: Any
    truth: Any


class Errors(NamedTuple):
    """Root mean squared errors, and the share of intervals (value ± 1.96 standard errors) that hold the true score."""

    mean: float
    fair: float
    covered: float


def study(severity: float, each: float = 3, *, seed: int, people: int = PEOPLE, responses: int = RESPONSES) -> Study:
    """`each` is how many annotators rate a response; a fraction is the share of the responses, at random, that one more rates."""
    random = np.random.default_rng(seed)
    truth = np.clip(random.normal(MEAN, 1, responses), *ENDS)
    lenience, factor = standardised(random.normal(size=(2, people, 1)))
    noise = NOISE * np.exp(UNEQUAL * factor)
    perceived = truth + severity * lenience + noise * random.normal(size=(people, responses))
    ratings = np.clip(np.rint(perceived), *ENDS)
    one_more = random.random(responses) < each % 1
    ratings[random.random(ratings.shape).argsort(axis=0).argsort(axis=0) >= each // 1 + one_more] = np.nan
    return Study(ratings, truth)


def standardised(numbers: Any) -> Any:
    """Along the annotators."""
    return (numbers - numbers.mean(axis=1, keepdims=True)) / numbers.std(axis=1, keepdims=True)


def errors(one: Study) -> Errors:
    agreed = ~disputed(one.ratings, ~np.isnan(one.ratings))
    fair = fair_values(one.ratings, ends=ENDS)
    of_mean, of_fair = agreed_values(one.ratings).as_floats() - one.truth, fair.values - one.truth
    within = np.abs(of_fair) <= 1.96 * fair.errors
    return Errors(root_mean_square(of_mean[agreed]), root_mean_square(of_fair[agreed]), float(within[agreed].mean()))


def root_mean_square(numbers: Any) -> float:
    return float(np.sqrt(np.mean(numbers**2)))


def averages(severity: float, each: float, studies: int = STUDIES) -> Errors:
    return Errors._make(np.mean([errors(study(severity, each, seed=seed)) for seed in range(studies)], axis=0).tolist())


def many_facet_error(severity: float) -> float:
    """Of the second opinion, three ratings a response."""
    studies = [study(severity, seed=seed) for seed in range(STUDIES)]
    agreed = [~disputed(one.ratings, ~np.isnan(one.ratings)) for one in studies]
    distances = [many_facet_values(one.ratings) - one.truth for one in studies]
    return float(np.mean([root_mean_square(far[mask]) for far, mask in zip(distances, agreed, strict=True)]))


def seconds(people: int) -> tuple[float, float]:
    """For all criteria: of the clock, and of the processors."""
    criteria = [study(0.5, seed=seed, people=people, responses=LARGE).ratings for seed in range(CRITERIA)]
    start, busy = time.perf_counter(), time.process_time()
    for ratings in criteria:
        fair_values(ratings, ends=ENDS)
    return time.perf_counter() - start, time.process_time() - busy


def fair() -> None:
    print(f"fair values, {STUDIES} studies of {RESPONSES} responses, {PEOPLE} annotators")
    for severity in SEVERITIES:
        three, two, some = (averages(severity, each) for each in (3, 2, 2.2))
        less = 1 - three.fair / three.mean
        print(f"  severity {severity:.2f}: mean of three {three.mean:.3f}, fair {three.fair:.3f}, {less:.1%} less")
        print(f"    intervals hold the true score: {three.covered:.1%} with three ratings, {two.covered:.1%} with two")
        second = many_facet_error(severity)
        print(f"    a many-facet rating scale model {second:.3f}, {1 - second / three.mean:.1%} less than the mean of three")
        for name, fewer in (("two", two), ("2.2", some)):
            print(f"    fair of {name} ratings {fewer.fair:.3f}, {fewer.fair / three.mean - 1:+.1%} beside the mean of three")
    for people in (PEOPLE, 200):
        took, busy = seconds(people)
        print(f"  {LARGE:,} x 3 of {people} annotators x {CRITERIA} criteria: {took:.2f} s, of the processors {busy:.2f} s")
