"""What each sees of a history: managers everything with names; an adjudicator, after their own decision, what concerns the case
under neutral names; an annotator their own doings alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from annotation.flow.adjudicate.letters import annotations_by_letter
from annotation.flow.history import NOBODY, Happening, What, history_of, sentence
from annotation.flow.history.sentences import Name, full_name
from annotation.models import Adjudication, CaseReview, Decision, Event, Membership, Project, Role, Rules, Task, User, Workspace

Verb = Event.Verb
OF_CASES = {Verb.CASE_CLAIMED, Verb.CASE_SCORED_BLIND, Verb.CASE_SKIPPED, Verb.CASE_HANDED_OVER, Verb.CASE_TAKEN_BACK}
CONCERNS_CASE = OF_CASES | {
    What.SUBMITTED,
    Verb.REVISED,
    Verb.SENT_BACK,
    Verb.FURTHER_ASKED,
    Verb.RETURN_WITHDRAWN,
    Verb.FURTHER_WITHDRAWN,
    Verb.CASE_LAPSED,
    Verb.ADJUDICATED,
    Verb.UNUSABLE,
    Verb.REOPENED,
    Verb.CONFIRMED,
    Verb.COMMENTED,
}
WITHOUT_NAMES = {"text", "scores", "changes", "decisions", "round", "second", "revision", "answers_return", "kind", "imported"}


class Change(NamedTuple):
    title: str
    old: str
    new: str


class Line(NamedTuple):
    """A happening as a reader sees it. `by` and `about` are names that the reader may see, `details` those for the API."""

    at: datetime
    what: str
    by: str | None
    about: str | None
    text: str
    details: dict[str, Any]

    @property
    def changes(self) -> Iterator[Change]:
        """What changed, in words: scores, or settings."""
        for change in self.details.get("changes", []):
            yield Change(change["title"], in_words(change["from"]), in_words(change["to"]))
        if self.what in SETTINGS:
            for key, value in self.details.items():
                if isinstance(value, list) and len(value) == 2:
                    yield Change(title_of(self.what, key), *map(in_words, value))
        if self.what == Verb.FLAG_REWORDED:
            yield Change(_("Note"), *map(in_words, self.details["note"]))
        if self.what == Verb.DESCRIPTOR_DRAFTED:
            yield Change(_("Descriptor"), *map(in_words, self.details["descriptor"]))

    @property
    def scores(self) -> list[tuple[str, str]]:
        scores = self.details.get("scores", [])
        if not isinstance(scores, list):  # of a file that was loaded how many it has, which its sentence is about
            return []
        return [(score["title"], in_words(score["answer"])) for score in scores]

    @property
    def decisions(self) -> Iterator[dict[str, Any]]:
        causes = dict(Decision.Cause.choices)
        for decision in self.details.get("decisions", []):
            in_short = {key: in_words(decision[key]) for key in ("blind", "decision")}
            yield decision | in_short | {"cause": causes.get(decision["cause"], decision["cause"])}


SETTINGS: dict[str, Any] = {
    Verb.WORKSPACE_CHANGED: Workspace,
    Verb.RULES_CHANGED: Rules,
    Verb.TEMPLATE_CHANGED: Project,
    Verb.SETTINGS_CHANGED: Project,
    Verb.OVERLAP_CHANGED: Project,
}


def title_of(what: str, key: str) -> str:
    """The setting's name as its page has it; its key where this version has no such setting."""
    fields = {field.name: field.verbose_name for field in SETTINGS[what]._meta.fields}
    return str(fields.get(key, _("errors") if key == "errors" else key))


def in_words(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value)) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("not applicable") if value == "na" else "–" if value in (None, "") else str(value)


def response_history(task: Task, membership: Membership) -> list[Line]:
    """Of a task that was read through Task.objects.with_history_for, as the member sees it, oldest first."""
    happened, reader = history_of(task), reader_of(task, membership)
    if reader == Role.MANAGER:
        return [line_of(happening) for happening in happened]
    if reader == Role.ANNOTATOR:
        return [line_of(happening, you(membership.user), WITHOUT_NAMES) for happening in own(happened, membership.user)]
    name = neutral_names(task, happened, membership.user)
    return [line_of(happening, name, WITHOUT_NAMES) for happening in of_the_case(happened, task, membership.user)]


def reader_of(task: Task, membership: Membership) -> Role:
    """As what the member reads the history: as an adjudicator only that of a response which they have decided."""
    if Role.MANAGER in membership.roles:
        return Role.MANAGER
    decided = CaseReview.objects.decided_by(membership.user).filter(adjudication__task=task)
    return Role.ADJUDICATOR if Role.ADJUDICATOR in membership.roles and decided.exists() else Role.ANNOTATOR


def line_of(happening: Happening, name: Name = full_name, details: set[str] | None = None) -> Line:
    """With usernames for managers, and with the reader's names where only some details are for the reader."""
    kept = {key: value for key, value in happening.details.items() if details is None or key in details}
    shown = username if details is None else name
    text = sentence(replace(happening, details=kept), name)
    by, about = ((user and shown(user)) or None for user in (happening.by, happening.about))
    return Line(happening.at, happening.what, by, about, text, kept)


def username(user: User | None) -> str:
    return user.username if user else ""


def you(user: User) -> Name:
    """For an annotator: nobody else has a name."""
    return lambda other: _("You") if other == user else ""


def own(happened: Iterable[Happening], user: User) -> Iterator[Happening]:
    """What the annotator did; of a lease that ran out, the annotator whose lease it was."""
    for happening in happened:
        whose = happening.about if happening.what in (Verb.LEASE_LAPSED, Verb.GIVEN_BACK) else happening.by
        if whose == user:
            yield happening


def of_the_case(happened: Iterable[Happening], task: Task, user: User) -> Iterator[Happening]:
    """What concerns the case; of an open round only what the adjudicator did."""
    open_since = Adjudication.objects.open().filter(task=task).values_list("started_at", flat=True).first()
    for happening in happened:
        in_open_round = open_since is not None and happening.at >= open_since and happening.what.startswith("case_")
        if happening.what in CONCERNS_CASE and (happening.by == user or not in_open_round):
            yield happening


def neutral_names(task: Task, happened: Iterable[Happening], reader: User) -> Name:
    """The letters under which the adjudicator saw the annotators; of others no more than their role."""
    letters = annotator_letters(task)
    roles = {member.user_id: member.role for member in Membership.objects.filter(project=task.project).whole()}
    words = {Role.MANAGER: _("A manager"), Role.ADJUDICATOR: _("Another adjudicator"), Role.ANNOTATOR: _("An annotator")}

    def name(user: User | None) -> str:
        if user is None:
            return str(NOBODY)
        if user == reader:
            return _("You")
        return letters.get(user.pk) or words.get(roles.get(user.pk, ""), _("Somebody"))  # type: ignore[call-overload]

    return name


def annotator_letters(task: Task) -> dict[int, str]:
    case = Adjudication.objects.filter(task=task).select_related("task__project").first()
    lettered = annotations_by_letter(case) if case else {}
    return {annotation.annotator_id: _("Annotator %(letter)s") % {"letter": letter} for letter, annotation in lettered.items()}
