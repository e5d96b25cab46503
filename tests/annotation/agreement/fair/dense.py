"""The crossed model by whole matrices over ratings: slow, and with none of the shortcuts."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from annotation.agreement.fair.model import Design, Variances


@dataclass(frozen=True)
class Dense:
    """y = mean + Z u + e, u the responses and then the annotators. `values` are in the order of the design's ratings."""

    design: Design
    values: Any
    variances: Variances

    @property
    def incidence(self) -> Any:
        of_response = np.eye(self.design.responses)[self.design.response]
        return np.hstack([of_response, np.eye(self.design.annotators)[self.design.annotator]])

    @property
    def prior(self) -> Any:
        sizes = [self.design.responses, self.design.annotators]
        return np.diag(np.repeat([self.variances.response, self.variances.annotator], sizes))

    @property
    def total(self) -> Any:
        residual = np.diag(self.variances.residual[self.design.annotator])
        return self.incidence @ self.prior @ self.incidence.T + residual

    @property
    def ones(self) -> Any:
        return np.ones((len(self.values), 1))

    def predict(self, parts: Any) -> tuple[Any, Any]:
        """Of linear combinations mean + parts @ u: the best linear unbiased predictions and the variances of their errors."""
        inverse = np.linalg.inv(self.total)
        information = self.ones.T @ inverse @ self.ones
        mean = (self.ones.T @ inverse @ self.values) / information
        loads = parts @ self.prior @ self.incidence.T @ inverse
        predictions = mean.ravel() + loads @ (self.values - mean.ravel())
        of_mean = 1 - loads @ self.ones
        left = parts @ (self.prior - self.prior @ self.incidence.T @ inverse @ self.incidence @ self.prior) @ parts.T
        return predictions, (np.diag(left) + (of_mean**2 / information)[:, 0])

    def fair_parts(self) -> Any:
        """A row per response: itself, and all annotators alike."""
        responses, annotators = self.design.responses, self.design.annotators
        return np.hstack([np.eye(responses), np.full((responses, annotators), 1 / annotators)])

    def restricted_likelihood(self) -> float:
        """Its logarithm, but for a constant (Searle, Casella & McCulloch 1992, formula 6.69)."""
        inverse = np.linalg.inv(self.total)
        information = (self.ones.T @ inverse @ self.ones)[0, 0]
        mean = (self.ones.T @ inverse @ self.values)[0] / information
        rest = self.values - mean
        return float(-(np.linalg.slogdet(self.total)[1] + np.log(information) + rest @ inverse @ rest) / 2)
