"""What happened, as a sentence in the reader's language."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy

from annotation.flow.history.happening import Happening, What
from annotation.models import Concern, Event, Job, User
from annotation.models.people import in_words

Verb = Event.Verb
NOBODY = gettext_lazy("The command line")  # it acts for nobody who signed in
SENTENCES = {
    Verb.PROJECT_CREATED: gettext_lazy("%(who)s created the project."),
    Verb.PROJECT_COPIED: gettext_lazy("%(who)s made the project as a copy of %(source)s."),
    Verb.SETTINGS_CHANGED: gettext_lazy("%(who)s changed the project settings."),
    Verb.OVERLAP_CHANGED: gettext_lazy("%(who)s changed the number of annotators per response."),
    Verb.CLOSED: gettext_lazy("%(who)s closed the project."),
    Verb.OPENED: gettext_lazy("%(who)s opened the project again."),
    Verb.ARCHIVED: gettext_lazy("%(who)s archived the project."),
    Verb.UNARCHIVED: gettext_lazy("%(who)s took the project back from the archive."),
    Verb.MEMBER_ADDED: gettext_lazy("%(who)s added %(username)s to the project as %(role)s."),
    Verb.ROLE_CHANGED: gettext_lazy("%(who)s changed the role of %(username)s from %(old)s to %(new)s."),
    Verb.MEMBER_ENDED: gettext_lazy("%(who)s ended the membership of %(username)s, who was %(role)s."),
    Verb.GIVEN_BACK: gettext_lazy("The response was given back, as the membership of %(about)s ended."),
    Verb.TOKEN_MADE: gettext_lazy("%(who)s made a token for %(username)s: %(key)s…, for %(days)s days."),
    Verb.TOKENS_REVOKED: gettext_lazy("%(who)s revoked tokens of %(username)s: %(tokens)s."),
    Verb.INVITED: gettext_lazy("%(who)s made an invitation as %(role)s."),
    Verb.INVITATION_WITHDRAWN: gettext_lazy("%(who)s withdrew an invitation as %(role)s."),
    Verb.INVITATION_ACCEPTED: gettext_lazy("%(who)s accepted an invitation as %(role)s."),
    Verb.PASSWORD_LINK_MADE: gettext_lazy("%(who)s made a link by which %(username)s can set a new password."),
    Verb.SECOND_FACTOR_CHANGED: gettext_lazy("%(who)s changed whether managers need a second factor."),
    Verb.LIMITS_CHANGED: gettext_lazy("%(who)s changed what %(username)s may score."),
    Verb.COHORT_CHANGED: gettext_lazy("%(who)s saved the cohort %(cohort)s."),
    Verb.COHORT_DELETED: gettext_lazy("%(who)s deleted the cohort %(cohort)s."),
    Verb.COHORT_OF_MEMBER: gettext_lazy("%(who)s put %(username)s in the cohort %(cohort)s."),
    Verb.ANONYMISED: gettext_lazy("%(who)s made %(username)s anonymous."),
    Verb.ITEMS_LOADED: gettext_lazy("%(who)s imported queries and responses from %(file)s."),
    Verb.SCORES_LOADED: gettext_lazy("%(who)s imported scores from %(file)s."),
    Verb.SAMPLE_DRAWN: gettext_lazy("%(who)s drew sample %(number)s: %(responses)s responses are to be scored."),
    Verb.REFERENCE_WRITTEN: gettext_lazy("%(who)s wrote a reference answer of level %(level)s to %(query)s."),
    Verb.REFERENCE_APPROVED: gettext_lazy("%(who)s approved the reference answer of level %(level)s to %(query)s."),
    Verb.KEPT: gettext_lazy("%(who)s kept %(first)s and %(second)s as different queries."),
    Verb.MERGED: gettext_lazy("%(who)s merged the query %(query)s into %(into)s."),
    Verb.DROPPED: gettext_lazy("%(who)s dropped the query %(query)s."),
    Verb.RESTORED: gettext_lazy("%(who)s restored the query %(query)s."),
    What.REFERENCE_REVISED: gettext_lazy("%(who)s revised the reference answer of level %(level)s."),
    What.CLAIMED: gettext_lazy("%(who)s claimed the response."),
    What.SUBMITTED: gettext_lazy("%(who)s submitted scores."),
    Verb.SKIPPED: gettext_lazy("%(who)s skipped the response: %(kind)s."),
    Verb.FLAGGED: gettext_lazy("%(who)s flagged the response: %(kind)s."),
    Verb.FLAG_REWORDED: gettext_lazy("%(who)s changed the note of a flag: %(kind)s."),
    Verb.FLAG_SETTLED: gettext_lazy("%(who)s marked a flag as resolved: %(kind)s."),
    Verb.SENT_BACK: gettext_lazy("%(who)s returned the annotation of %(about)s for revision."),
    Verb.REVISED: gettext_lazy("%(who)s submitted revision %(revision)s."),
    Verb.WORKSPACE_CHANGED: gettext_lazy("%(who)s changed the annotation settings."),
    Verb.LEASE_LAPSED: gettext_lazy("The time of %(about)s ran out, and the response went to %(who)s."),
    Verb.RULES_CHANGED: gettext_lazy("%(who)s changed the rules for disputes and labels."),
    Verb.TEMPLATE_CHANGED: gettext_lazy("%(who)s changed what training answers hold."),
    Verb.FURTHER_ASKED: gettext_lazy("%(who)s asked for one more annotator."),
    Verb.RETURN_WITHDRAWN: gettext_lazy("%(who)s called back the annotation of %(about)s without a revision."),
    Verb.FURTHER_WITHDRAWN: gettext_lazy("%(who)s withdrew the request for one more annotator."),
    Verb.CASE_CLAIMED: gettext_lazy("%(who)s claimed the case."),
    Verb.CASE_SCORED_BLIND: gettext_lazy("%(who)s scored the case blind."),
    Verb.CASE_SKIPPED: gettext_lazy("%(who)s skipped the case."),
    Verb.CASE_HANDED_OVER: gettext_lazy("%(who)s handed the case over."),
    Verb.CASE_TAKEN_BACK: gettext_lazy("%(who)s took the case back."),
    Verb.CASE_LAPSED: gettext_lazy("The time for the case ran out: %(about)s."),
    Verb.ADJUDICATED: gettext_lazy("%(who)s decided the case."),
    Verb.UNUSABLE: gettext_lazy("%(who)s marked the response as unusable."),
    Verb.REOPENED: gettext_lazy("%(who)s reopened the decision."),
    Verb.CONFIRMED: gettext_lazy("%(who)s confirmed the decision after scores had changed."),
    Verb.COMMENTED: gettext_lazy("%(who)s commented on the decision."),
    Verb.DESCRIPTOR_DRAFTED: gettext_lazy("%(who)s drafted the descriptor of level %(level)s of %(criterion)s in %(rubric)s."),
    Verb.RUBRIC_MOVED: gettext_lazy("%(who)s moved the project from %(old)s to %(new)s."),
    Verb.RELEASED: gettext_lazy("%(who)s made release %(version)s."),
    Verb.RETRACTED: gettext_lazy("%(who)s retracted release %(version)s."),
    Verb.DOWNLOADED: gettext_lazy("%(who)s downloaded release %(version)s."),
    Verb.EXPORTED: gettext_lazy("%(who)s exported %(responses)s responses with their ratings."),
    Verb.SCORER_LOADED: gettext_lazy("%(who)s imported scores of the scorer %(scorer)s from %(file)s."),
    Verb.SCORER_WITHDRAWN: gettext_lazy("%(who)s withdrew the scorer %(scorer)s."),
    Verb.JOB_CANCELLED: gettext_lazy("%(who)s cancelled the job for %(file)s."),
    Verb.JOB_RETRIED: gettext_lazy("%(who)s started the job for %(file)s again."),
}
IMPORTED = gettext_lazy("Scores of %(who)s were imported.")
ANSWERED = gettext_lazy("%(who)s answered the return with revision %(revision)s.")
OF_A_RESPONSE: dict[str, Any] = {  # where the same happening is told of one response
    Verb.ITEMS_LOADED: gettext_lazy("%(who)s imported the response from %(file)s."),
    Verb.RELEASED: gettext_lazy("%(who)s released the label in release %(version)s."),
}
BY_RULE = gettext_lazy("One more annotator was asked for, as the project's rules say.")
LAPSED_TO_SOMEBODY = gettext_lazy("The time ran out, and the response went to someone else.")
DECIDED_AGAIN = gettext_lazy("%(who)s decided the case a second time, for comparison.")
OUT_OF_COHORT = gettext_lazy("%(who)s took %(username)s out of the cohort %(former)s.")
TAKEN_FROM = gettext_lazy("%(who)s took the case back from %(from)s.")
HANDED_TO = gettext_lazy("%(who)s handed the case over to %(to)s.")
# jobs that no file belongs to
CANCELLED_JOB = gettext_lazy("%(who)s cancelled the job: %(kind)s.")
RETRIED_JOB = gettext_lazy("%(who)s started the job again: %(kind)s.")

Name = Callable[[User | None], str]


def full_name(user: User | None) -> str:
    return str(user or NOBODY)


def sentence(happening: Happening, name: Name = full_name) -> str:
    """`name` gives each person the name that the reader may see; "" hides one."""
    details = happening.details
    who, about = name(happening.by), name(happening.about or happening.by)
    values: dict[str, Any] = defaultdict(lambda: "–", details) | {"who": who, "about": about}
    if "kind" in details:
        values["kind"] = dict([*Concern.choices, *Job.Kind.choices]).get(details["kind"], details["kind"])
    role, several = details.get("role"), details.get("roles")  # those of somebody with several, in the place of the main one
    if isinstance(role, list):
        values |= dict(zip(("old", "new"), map(in_words, several or [[role[0]], [role[1]]]), strict=True))
    elif role:
        values["role"] = in_words(several or [role])
    if isinstance(queries := details.get("queries"), list):  # a load counts them
        values["first"], values["second"] = queries
    return str(phrase(happening, who)) % values


def phrase(happening: Happening, who: str) -> Any:
    what, details = happening.what, happening.details
    special = {
        (What.SUBMITTED, bool(details.get("imported"))): IMPORTED,
        (Verb.REVISED, bool(details.get("answers_return"))): ANSWERED,
        (Verb.FURTHER_ASKED, happening.by is None): BY_RULE,
        (Verb.LEASE_LAPSED, not who): LAPSED_TO_SOMEBODY,
        (Verb.ADJUDICATED, bool(details.get("second"))): DECIDED_AGAIN,
        (Verb.JOB_CANCELLED, not details.get("file")): CANCELLED_JOB,
        (Verb.JOB_RETRIED, not details.get("file")): RETRIED_JOB,
        (Verb.COHORT_OF_MEMBER, not details.get("cohort")): OUT_OF_COHORT,
        (Verb.CASE_HANDED_OVER, "to" in details): HANDED_TO,
        (Verb.CASE_TAKEN_BACK, bool(details.get("from"))): TAKEN_FROM,
        (what, bool(happening.task) and what in OF_A_RESPONSE): OF_A_RESPONSE.get(what),
    }
    return special.get((what, True)) or SENTENCES[what]
