import gc

import pytest

from annotation.garbage import uncollected


@uncollected()
def fail() -> None:
    raise ZeroDivisionError


def test_python_collects_nothing_until_the_end_of_the_work_and_goes_on_after_a_failure_too() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()


def test_inside_another_it_stays_at_rest() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
