from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

from annotation.agreement.scorer import feature_floor, measures
from annotation.agreement.scorer.floor import FOLDS, PENALTIES, folds


def responses(number: int = 200) -> tuple[Any, Any, Any]:
    """Features, labels that follow from two of three, and queries of two responses."""
    random = np.random.default_rng(0)
    features = np.stack([random.lognormal(6, 1, number), random.integers(0, 5, number), np.full(number, 3.0)], axis=1)
    labels = 2 + 0.002 * features[:, 0] + 0.3 * features[:, 1] + random.normal(0, 0.5, number)
    return features, labels, np.repeat(np.arange(number // 2), 2)


def reference(features: Any, labels: Any, fold: Any) -> Any:
    """The same with scikit-learn, fold by fold."""

    def predicted(train: Any, test: Any, penalty: float) -> Any:
        scaler = StandardScaler().fit(features[train])
        model = Ridge(alpha=penalty * train.sum()).fit(scaler.transform(features[train]), labels[train])
        return model.predict(scaler.transform(features[test]))

    predictions = np.empty(len(labels))
    for part in range(FOLDS):
        errors = [
            sum(
                ((predicted((fold != part) & (fold != held), fold == held, penalty) - labels[fold == held]) ** 2).sum()
                for held in range(FOLDS)
                if held != part
            )
            for penalty in PENALTIES
        ]
        predictions[fold == part] = predicted(fold != part, fold == part, PENALTIES[int(np.argmin(errors))])
    return predictions


def test_it_is_a_ridge_regression_with_a_penalty_from_within() -> None:
    features, labels, queries = responses()
    actual = feature_floor(features, labels, queries, seed=4)
    assert actual == pytest.approx(reference(features, labels, folds(queries, 4)), abs=1e-9)
    assert (measures(actual, labels)["pearson"].value or 0) > 0.8


def test_no_query_is_on_both_sides_and_the_folds_are_even_and_seeded() -> None:
    queries = np.random.default_rng(1).permutation(np.arange(430) % 43)
    fold = folds(queries, 7)
    assert {len(set(fold[queries == query])) for query in range(43)} == {1}
    sizes = np.bincount([fold[queries == query][0] for query in range(43)])
    assert sorted(sizes.tolist()) == [8, 8, 9, 9, 9]
    assert fold.tolist() == folds(queries, 7).tolist() != folds(queries, 8).tolist()


def test_a_label_is_not_predicted_from_itself() -> None:
    """Labels that have nothing to do with the features: a fit to all of them would correlate, a prediction does not."""
    random = np.random.default_rng(2)
    features, labels = random.normal(size=(60, 20)), random.normal(3, 1, 60)
    assert (measures(feature_floor(features, labels, seed=0), labels)["pearson"].value or 0) < 0.2


@pytest.mark.parametrize(
    ("number", "expected"), [(0, []), (1, [0.5, 0.5]), (2, [2.5, 2.5, 0.5, 0.5]), (3, [3.5, 3.5, 2.5, 2.5, 1.5, 1.5])]
)
def test_few_queries_have_predictions_too(number: int, expected: list[float]) -> None:
    actual = feature_floor(np.ones((2 * number, 2)), np.arange(2.0 * number), np.repeat(np.arange(number), 2), seed=0)
    assert actual.tolist() == pytest.approx(expected)


@pytest.mark.parametrize("features", [np.ones(3), np.ones((2, 2)), np.array([[1.0], [np.nan], [2.0]])])
def test_features_are_numbers_of_each_response(features: Any) -> None:
    with pytest.raises(ValueError, match=r"^features are responses x features, each a number$"):
        feature_floor(features, np.arange(3.0), seed=0)
