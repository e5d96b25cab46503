import pytest

from annotation.agreement import clusters


@pytest.fixture(autouse=True)
def pooled_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small studies go both ways: equal queries of one response are pooled, queries of two are drawn each."""
    monkeypatch.setattr(clusters, "POOLED_FROM", 100)
