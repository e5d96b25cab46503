"""Fair values: what the average of the annotators would give a response, whoever of them rated it, with a standard error.

    rating = response + annotator + residual

The model is crossed; each annotator has a severity and a residual variance of their own. labels has the rule by which ratings
make the label itself; a fair value stands beside it. Read members (who rated what, as lists), model (the linear equations at
known variances), variances (estimated by restricted maximum likelihood), ends (ratings at an end of the scale), then values.
"""

from annotation.agreement.fair.values import FairValues, fair_values

__all__ = ["FairValues", "fair_values"]
