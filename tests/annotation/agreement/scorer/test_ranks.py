import numpy as np
import pytest
from scipy import stats

from annotation.agreement import Resamples
from annotation.agreement.clusters import clusters_of
from annotation.agreement.correlation import ranked
from annotation.agreement.intervals import replicates
from annotation.agreement.scorer import ranks
from annotation.agreement.scorer.sums import clusters_of_responses


@pytest.mark.parametrize("distinct", [True, False])
@pytest.mark.parametrize("queries", [12, 60])
def test_spearman_and_its_replicates_are_those_of_two_annotators(distinct: bool, queries: int) -> None:
    random = np.random.default_rng(queries)
    labels = random.normal(size=2 * queries)
    scores = labels + random.normal(size=2 * queries)
    if not distinct:
        scores, labels = np.round(scores), np.round(labels)
    of_queries = random.permutation(np.repeat(np.arange(queries), 2))
    data = clusters_of_responses(of_queries, len(scores))
    actual = ranks.spearman(scores, labels, data, Resamples(1, 50))
    expected = clusters_of(np.stack([scores, labels]), None, of_queries)
    assert actual.value == pytest.approx(stats.spearmanr(scores, labels)[0], abs=1e-12)
    assert actual.values == pytest.approx(replicates(ranked(expected), expected, Resamples(1, 50)), abs=1e-12)


def test_of_many_queries_a_few_replicates_are_taken_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    labels, queries = random.normal(size=150), np.arange(150)
    scores, resamples = labels + random.normal(size=150), Resamples(1, 40)
    data = clusters_of_responses(queries, 150)
    whole = ranks.spearman(scores, labels, data, resamples)
    monkeypatch.setattr(ranks, "CELLS", 7 * 4 * 150)
    assert ranks.spearman(scores, labels, data, resamples).values.tolist() == whole.values.tolist()


@pytest.mark.parametrize("rows", [1, 1000])
def test_without_resamples_each_query_is_left_out_once(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    labels, queries = random.normal(size=240), np.repeat(np.arange(120), 2)
    scores = labels + random.normal(size=240)
    monkeypatch.setattr(ranks, "CELLS", rows * 240)
    actual = ranks.spearman(scores, labels, clusters_of_responses(queries, 240), None).values
    expected = [stats.spearmanr(scores[queries != left], labels[queries != left])[0] for left in range(120)]
    assert actual == pytest.approx(np.array(expected), abs=1e-12)
