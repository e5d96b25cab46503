"""What each role may do in a project, in words: for the page and the call that say it. The querysets are what allows it."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotation.models import Project, Role

ANNOTATOR, ADJUDICATOR, EXPERT, MANAGER = Role.ANNOTATOR, Role.ADJUDICATOR, Role.EXPERT, Role.MANAGER


# for people who come in
IN_A_SENTENCE = {
    ANNOTATOR: _(
        "Annotators read the answers of AI systems and score each by the project's rubric, without seeing others' scores."
    ),
    ADJUDICATOR: _(
        "Adjudicators decide where annotators differ too much: they score a response themselves, then see what others gave."
    ),
    EXPERT: _("Experts write reference answers, and approve those that others wrote."),
    MANAGER: _("Managers lead the study: they import data, invite people, set the rules, follow the work and release labels."),
}


class Right(NamedTuple):
    words: str | Promise
    roles: frozenset[str]


def rights_in(project: Project) -> list[Right]:
    deciders = frozenset(project.rules.deciding_roles)
    rows: list[tuple[Promise, set[str] | frozenset[str]]] = [
        (_("Score responses, skip and flag them, revise own scores"), {ANNOTATOR}),
        (_("See their own scores, and decisions about them when their work is done"), {ANNOTATOR}),
        (_("Decide disputes, after scoring them blind"), deciders),
        (_("See the scores of a case, under neutral names, after scoring it blind"), deciders),
        (_("See what disputes teach"), {ADJUDICATOR, MANAGER}),
        (_("Write reference answers, and approve those that others wrote"), {EXPERT, MANAGER}),
        (_("See everybody's scores, with names, and systems"), {MANAGER}),
        (_("Import data, and resolve duplicates"), {MANAGER}),
        (_("Change settings, rules and training answers"), {MANAGER}),
        (_("Invite people, change roles, limit what they score, end memberships"), {MANAGER}),
        (_("Make links for new passwords, revoke tokens and make people anonymous, where they reach no further"), {MANAGER}),
        (_("Resolve flags, send annotations back, hand cases to others, reopen decisions"), {MANAGER}),
        (_("See agreement, results and scorers"), {MANAGER}),
        (_("Make, download and retract releases, and export data"), {MANAGER}),
        (_("See the project's history"), {MANAGER}),
    ]
    return [Right(words, frozenset(map(str, roles))) for words, roles in rows]
