"""Decision consistency and accuracy: of labels rounded to levels, how many would be the same again, and how many are true.

The model: true values of responses are normal, with the estimated mean and variance, and a label is the true value with a normal
error of its own. A label beyond the scale counts at its nearest end. Sources: Huynh 1976 and Livingston & Lewis 1995 for the two
indices (theirs are of test scores, with other distributions).
"""

import numpy as np

from annotation.agreement.clusters import Floats

FAR = 1e100  # in standard deviations: the ends of the outermost levels


def consistency(mean: Floats, true: Floats, error: Floats, cuts: Floats) -> Floats:
    """The probability that two independent labels of one response round to the same level.

    `mean`, `true` (the variance of true values) and `error` (the variance of a label's error) have a value per replicate;
    `cuts` are the ascending values at which one level ends and the next begins. A variance below 0 counts as 0. NaN where nothing
    varies.
    """
    true, error = np.maximum(true, 0.0), np.maximum(error, 0.0)
    total = positive(true + error)
    ends = (cuts - mean[:, None]) / np.sqrt(total)[:, None]
    return same_level(ends, ends, true / total)


def accuracy(mean: Floats, true: Floats, error: Floats, cuts: Floats) -> Floats:
    """The probability that a label rounds to the same level as the true value does. Arguments as in consistency."""
    true, error = np.maximum(true, 0.0), np.maximum(error, 0.0)
    total = positive(true + error)
    reliability = np.maximum(true / total, 1e-12)  # of true values that are all the same, the level of their mean
    of_labels = (cuts - mean[:, None]) / np.sqrt(total)[:, None]
    return same_level(of_labels, of_labels / np.sqrt(reliability)[:, None], np.sqrt(reliability))


def positive(variance: Floats) -> Floats:
    return np.where(variance > 0, variance, np.nan)


def same_level(first: Floats, second: Floats, correlation: Floats) -> Floats:
    """The probability that two standard normal values, each cut at its own ends (replicates x cuts), fall into the same level."""
    rho = correlation[:, None]
    first, second = (np.pad(ends, ((0, 0), (1, 1)), constant_values=(-FAR, FAR)) for ends in (first, second))
    below, above = (first[:, :-1], second[:, :-1]), (first[:, 1:], second[:, 1:])
    # the four corners of each level's square on the diagonal
    within = corner(*above, rho) + corner(*below, rho)
    return np.asarray((within - corner(below[0], above[1], rho) - corner(above[0], below[1], rho)).sum(axis=1))


def corner(first: Floats, second: Floats, rho: Floats) -> Floats:
    """The probability that two standard normal values with correlation `rho` are below `first` and `second`, less half the
    probability of each alone, which the four corners of a square take out again: by Owen's T."""
    from scipy.special import owens_t  # type: ignore[import-untyped]  # late: most commands do without

    rho = np.minimum(rho, 1 - 1e-15)
    h, k = (np.where(value == 0, 1e-300, value) for value in (first, second))
    spread = np.sqrt((1 - rho) * (1 + rho))
    apart = np.where((h < 0) != (k < 0), 0.5, 0.0)
    with np.errstate(over="ignore"):
        tails = owens_t(h, (k / h - rho) / spread) + owens_t(k, (h / k - rho) / spread)
    return np.asarray(-tails - apart)
