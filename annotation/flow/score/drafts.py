"""Keeps unsent work: one draft per task and annotator, which no page overwrites without having seen it."""

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.errors import DraftConflict, ValidationError
from annotation.flow.score.submission import Submission
from annotation.models import Assignment, Draft, User


@dataclass(frozen=True)
class DraftWriter:
    """Who writes: `base` is the draft's version that the page has seen (0: none), `name` the page's own.

    A script that names no base overwrites, as it always did. `revision` is the number of the one that a revision began with.
    `turn` grows with each call of a page: one that was held up on its way does not overwrite what came after it.
    """

    base: int | None = None
    name: str = ""
    revision: int | None = None
    turn: int = 0

    @property
    def signature(self) -> str:
        return f"{self.name}/{self.turn}" if self.turn else self.name

    def follows(self, signature: str) -> bool:
        """Whether that was this page itself, earlier."""
        name, _slash, turn = signature.partition("/")
        return bool(self.name) and name == self.name and (not self.turn or self.turn > int(turn or 0))


ANY_WRITER = DraftWriter()


def read_writer(*, seen: str, name: str, revision: str = "") -> DraftWriter:
    """As a request tells it: the versions are whole numbers, in quotes or not, or nothing; the name may end in "/" and a turn.

    Raises Invalid.
    """
    name, _slash, turn = name[:90].replace("\0", "").partition("/")
    turned = int(turn) if turn.isascii() and turn.isdecimal() and len(turn) < 16 else 0
    return DraftWriter(whole_number(seen, "If-Match"), name, whole_number(revision, "revision"), turned)


def whole_number(said: str, field: str) -> int | None:
    said = said.strip().removeprefix("W/").strip('"')  # weak: a proxy has compressed the answer that had it
    if said in ("", "*"):
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise ValidationError({field: _("expected a whole number")})
    return int(said)


def check_not_overwritten(draft: Draft | None, said: Submission, writer: DraftWriter) -> None:
    """Raises Overtaken when the draft holds what another page wrote since this one looked."""
    if draft is None or writer.base is None or writer.base == draft.version:
        return
    if writer.follows(draft.writer):  # its own, whose answer never arrived
        return
    if draft.content != said.as_draft():
        raise DraftConflict(
            _("This response was changed on another page. Nothing was overwritten."), version=draft.version, draft=draft.content
        )


def write_draft(slot: Assignment, by: User, said: Submission, writer: DraftWriter = ANY_WRITER) -> Draft:
    """To be called in a transaction that holds the slot. Raises Overtaken."""
    mine = Draft.objects.filter(task=slot.task_id, annotator=by)
    draft = mine.select_for_update().first()
    check_not_overwritten(draft, said, writer)
    now = timezone.now()
    if draft is None:
        return Draft.objects.update_or_create(
            task_id=slot.task_id, annotator=by, defaults={"content": said.as_draft(), "saved_at": now, "writer": writer.signature}
        )[0]
    mine.update(content=said.as_draft(), saved_at=now, version=F("version") + 1, writer=writer.signature)
    draft.refresh_from_db()
    return draft


def delete_draft(slot: Assignment, by: User, said: Submission, writer: DraftWriter = ANY_WRITER) -> None:
    """The draft goes with its submission. Raises Overtaken."""
    mine = Draft.objects.filter(task=slot.task_id, annotator=by)
    if writer.base is not None:
        check_not_overwritten(mine.select_for_update().first(), said, writer)
    mine.delete()
