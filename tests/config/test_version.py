import re

from config.version import code_version


def test_the_version_is_numbers_with_points_and_says_nothing_of_the_machine() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", code_version())
