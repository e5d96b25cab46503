"""Every reason that the report can have is in the reader's language."""

from django.utils import translation

from annotation.agreement.levels import confused, decided, unused
from annotation.flow.lessons import adjudicators
from annotation.views.lessons.words import WHY, why

REASONS = {
    value
    for module in (confused, decided, unused, adjudicators)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
}


def test_each_reason_has_its_words() -> None:
    assert sorted(REASONS - set(WHY)) == []
    assert "fewer than 10 responses are shared" in REASONS


def test_an_unknown_reason_is_shown_as_it_is_and_none_is_empty() -> None:
    with translation.override("en"):
        assert [str(why(reason)) for reason in ("nothing has been rated", "else", None)] == ["nothing has been rated", "else", ""]
