"""How a long step reports its progress."""

from collections.abc import Callable

from django.utils.translation import gettext_noop as _

READING, STORING, ORDERING = _("reading"), _("storing"), _("ordering")
COMPARING, ENDING, PREPARING, WRITING = _("comparing"), _("ending"), _("preparing"), _("writing")
COMPUTING = _("computing")
WAITING, SEARCHING = _("waiting"), _("searching")

# Takes the phase, how much of it is done, and how much there is: bytes while reading, else rows. 0 of 0 where it is not known.
Progress = Callable[[str, int, int], None]


def silent(phase: str, done: int, total: int) -> None:
    """Report nothing."""
