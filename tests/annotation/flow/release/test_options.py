from fractions import Fraction

import pytest

from annotation.errors import Refused
from annotation.flow.release.options import Options, Size, size_of, size_text


@pytest.mark.parametrize(
    ("size", "meaning", "text"),
    [
        (None, None, None),
        (200, 200, 200),
        (" 200 ", 200, 200),
        ("0", 0, 0),
        ("1", 1, 1),
        ("1000000", 1_000_000, 1_000_000),
        ("20%", Fraction(1, 5), "20%"),
        ("20 %", Fraction(1, 5), "20%"),
        ("12.5%", Fraction(1, 8), "12.5%"),
        ("100%", Fraction(1), "100%"),
        ("0.2", Fraction(1, 5), "20%"),
        (".125", Fraction(1, 8), "12.5%"),
        ("1.0", Fraction(1), "100%"),
        ("0%", Fraction(0), "0%"),
        ("0.00000001", Fraction(1, 10**8), "0.000001%"),
    ],
)
def test_a_size_is_a_number_or_a_share_and_has_one_way_of_writing(
    size: Size | None, meaning: int | Fraction | None, text: Size | None
) -> None:
    assert (size_of("check-size", size), size_text(meaning)) == (meaning, text)
    assert size_of("check-size", text) == meaning


@pytest.mark.parametrize("size", [-1, 1_000_001, "", "many", "1.5", "101%", "1e3", "%", "٢٠", "0.2.1", "nan"])
def test_no_other_size_is_accepted(size: Size) -> None:
    with pytest.raises(Refused) as refused:
        size_of("test-size", size)
    assert str(refused.value) == (f"test-size: expected 0 to 1,000,000 responses, or a share of them as 20% or 0.2, not {size}")


def test_options_that_say_the_same_have_the_same_values() -> None:
    one = Options(check_size="0.2", test_size=" 7 ", hold_out=["b", "a", "b"])
    other = Options(check_size="20 %", test_size=7, hold_out=["a", "b"])
    assert one.as_values() == other.as_values()
    assert Options.from_values(one.as_values()).as_values() == one.as_values()
    with pytest.raises(Refused, match=r"^check-size: expected "):
        Options(check_size="many").as_values()
