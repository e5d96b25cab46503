"""The words of the report on disputes in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotation.flow.lessons.disputes import APPLICABILITY, HIGHER, LEVELS, LOWER, PENALTY, SAME
from annotation.views.agreement.labels import REASONS

OVER = {LEVELS: _("levels"), APPLICABILITY: _("applicability"), PENALTY: _("penalty")}
DIRECTION_WORDS = {
    HIGHER: _("decided higher than the annotators' mean"),
    SAME: _("decided within half a level of the annotators' mean"),
    LOWER: _("decided lower than the annotators' mean"),
}
WHY = REASONS | {
    "one of the two levels is never given": _("one of the two levels is never given"),
    "too few ratings of the two levels to tell": _("too few ratings of the two levels to tell"),
    "fewer than 30 responses are rated": _("fewer than 30 responses are rated"),
    "fewer than 10 responses are shared": _("fewer than 10 responses are shared"),
    "no response has both": _("no response has both"),
}


def why(reason: str | None) -> Any:
    return WHY.get(reason, reason) if reason else ""
