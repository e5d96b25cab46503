import pytest

from annotation.agreement import clusters


@pytest.fixture(autouse=True)
def pooled_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small studies take both ways: equal queries of one response are pooled, queries of two are resampled one by one."""
    monkeypatch.setattr(clusters, "POOLED_FROM", 100)
    monkeypatch.setattr(clusters, "TO_A_PATTERN", 1)
