import numpy as np
import pytest

from annotation.agreement import Figure, Resamples
from annotation.agreement.scorer.sums import OfSums, clusters_of_responses, figures, mean, ratio
from annotation.agreement.transforms import DIFFERENCE

ONES = np.ones(6)


def test_responses_are_added_up_by_query() -> None:
    data = clusters_of_responses(np.array([7, 3, 7, 9, 3, 7]), 6)
    assert (data.queries, data.clustered) == (3, True)
    assert data.sums([ONES, np.arange(6.0)]).tolist() == [[2, 5], [3, 7], [1, 3]]


def test_without_queries_there_is_a_value_and_no_interval() -> None:
    data = clusters_of_responses(None, 6)
    assert figures({"mean": mean(np.arange(6.0), ONES)}, data, Resamples()) == {"mean": Figure(2.5, 6)}


def test_what_is_undefined_stays_and_what_becomes_so_has_its_reason() -> None:
    undefined = Figure(None, 3, "nothing has been rated")
    measures = {
        "first": undefined,
        "second": OfSums((ONES * 0,), lambda sums: ratio(sums[:, 0], sums[:, 0]), 6, undefined="none"),
    }
    assert figures(measures, clusters_of_responses(np.arange(6), 6), None) == {
        "first": undefined,
        "second": Figure(None, 6, "none"),
    }
    assert figures({"first": undefined}, clusters_of_responses(np.arange(6), 6), None) == {"first": undefined}


@pytest.mark.parametrize("resamples", [Resamples(2, 100), None])
def test_sparse_sums_have_the_same_figures(resamples: Resamples | None) -> None:
    random = np.random.default_rng(0)
    values, owner = random.normal(size=300), random.integers(0, 5, 300)
    measures = {
        str(one): OfSums(
            (np.where(owner == one, values, 0), (owner == one) * 1.0), lambda sums: sums[:, 0] / sums[:, 1], 1, DIFFERENCE
        )
        for one in range(5)
    }
    data = clusters_of_responses(np.arange(300) // 2, 300)
    dense, sparse = (figures(measures, data, resamples, sparse=each) for each in (False, True))
    assert [figure.low for figure in dense.values()] == pytest.approx([figure.low for figure in sparse.values()], abs=1e-12)
    assert [figure.value for figure in dense.values()] == pytest.approx([values[owner == one].mean() for one in range(5)])


def test_each_response_belongs_to_a_query() -> None:
    with pytest.raises(ValueError, match=r"^each response belongs to a query$"):
        clusters_of_responses(np.arange(3), 4)
