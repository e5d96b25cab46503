"""Words of releases in the reader's language: a manifest is the same in every language."""

from django.utils.translation import gettext_lazy as _

from annotation.flow.labels import LEFT_OUT
from annotation.models import Label

SPLITS = dict(Label.Split.choices)
REASONS = {
    **LEFT_OUT,
    "sent_back": _("sent back to its annotator"),
    "flagged": _("flagged: a broken image or an unclear query"),
    "query_dropped": _("the query was dropped"),
    "system_held_out": _("the system is kept out of train"),
}
COUNTS = {
    "labelled": _("labelled"),
    "not_judged": _("incomplete"),
    "disputed": _("awaiting adjudication"),
    "unusable": _("marked unusable"),
    "not_applicable": _("without an applicable criterion"),
    "released": _("released"),
    "revised": _("resting on a revision"),
    "mixed_in": _("decided, not in dispute"),
    "ratings": _("ratings, one for each criterion of a judgement"),
}
CHANGES = {"changed": _("changed"), "new": _("new"), "gone": _("gone")}
WHAT = {
    "rubric": _("rubric"),
    "split": _("split"),
    "overall": _("overall"),
    "score": _("score"),
    "criteria": _("criteria"),
    "how": _("how"),
}
