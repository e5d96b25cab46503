"""The posted form of the annotation settings is read into the workspace's fields, and shown again as it was posted."""

from annotation.forms.workspace import PostedFields, posted_workspace
from tests.annotation.forms.test_submission import posted

FORM = posted(("feedback", "off"), ("blur", "always"), ("reopening", "on"), ("errors", " Slip: small\r\nHole\r\n"))


def test_a_checkbox_is_true_where_it_was_posted_and_an_empty_number_is_none() -> None:
    assert posted_workspace(FORM) == (
        {
            "feedback": "off",
            "confidence": None,
            "blur": "always",
            "overall_shown": False,
            "ladder_after_first_score": False,
            "reopening": True,
            "errors_below": None,
        },
        "Slip: small\nHole",
    )


def test_what_was_posted_is_shown_again() -> None:
    fields = PostedFields(FORM)
    assert (fields.feedback, fields.reopening, fields.overall_shown) == ("off", "on", None)
