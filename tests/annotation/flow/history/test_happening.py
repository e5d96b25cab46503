"""A history is sorted by time; of things at the same time, by what comes first."""

from datetime import timedelta

from django.utils import timezone

from annotation.flow.history.happening import Happening


def test_things_are_in_the_order_in_which_they_must_have_happened() -> None:
    now = timezone.now()
    later = Happening(now + timedelta(seconds=1), "items_loaded", None)
    same_time = [Happening(now, what, None) for what in ("items_loaded", "claimed", "submitted", "revised", "adjudicated")]
    mixed = [later, *reversed(same_time)]
    assert sorted(mixed, key=lambda happening: happening.place) == [*same_time, later]
