"""The URLs of people and links, for the table of test_membership.py: who may call each, and how; and what each leads to."""

from typing import Any

from annotation.flow.accounts.invitations import invite
from annotation.flow.cohorts import save_cohort
from annotation.models import Project

# for whoever has the link: tests/annotation/accounts/
OPEN = {"invitation", "password-link", "password-forgotten", "api:invitation-join"}
ANY_MEMBER = {"sessions", "api:sessions", "mfa_index", "tokens"}
# each after another step of allauth's: tests/annotation/accounts/test_second_factor.py
AFTER_ANOTHER_STEP = {
    "mfa_activate_totp", "mfa_authenticate", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}  # fmt: skip
# for whoever is signed in and has a link, which nobody has here: tests/annotation/api/members/
OF_A_LINK = {"api:invitation-accept"}
# for whoever is signed in and has a token: tests/annotation/accounts/test_tokens.py
OF_A_TOKEN_OF_THEIR_OWN = {"token-revoke"}
NOT_TRIED = OF_A_LINK | AFTER_ANOTHER_STEP | OF_A_TOKEN_OF_THEIR_OWN
ROLES: dict[str, tuple[str, set[str]]] = {
    "member": ("get", {"lea"}),
    "api:member-password-link": ("post", {"lea"}),
    "api:member-limits": ("get", {"lea"}),
    "api:member-anonymise": ("post", {"lea"}),
    "cohorts": ("get", {"lea"}),
    "api:cohorts": ("get", {"lea"}),
    "api:cohort": ("patch", {"lea"}),
    "api:cohort-delete": ("post", {"lea"}),
    "api:member-cohort": ("patch", {"lea"}),
    "api:second-factor": ("patch", {"lea"}),
    "rights": ("get", {"ana", "ada", "eva", "lea"}),
    "api:rights": ("get", {"ana", "ada", "eva", "lea"}),
    "invitations": ("get", {"lea"}),
    "invitation-withdraw": ("post", {"lea"}),
    "api:invitations": ("get", {"lea"}),
    "api:invitation-withdraw": ("post", {"lea"}),
}


def arguments(project: Project) -> dict[str, tuple[Any, ...]]:
    invitations = [invite(project=project, role="annotator")[0].pk for _page_and_api in "ab"]
    cohorts = [save_cohort(project=project, name=name, categories=[], languages=[]).pk for name in ("experts", "crowd")]
    return {
        "api:cohort": (project.slug, cohorts[0]),
        "api:cohort-delete": (project.slug, cohorts[1]),
        "api:member-cohort": (project.slug, "uma"),
        "member": (project.slug, "vic"),
        "api:member-password-link": (project.slug, "uma"),
        "api:member-limits": (project.slug, "uma"),
        "api:member-anonymise": (project.slug, "wei"),
        "invitation-withdraw": (project.slug, invitations[0]),
        "api:invitation-withdraw": (project.slug, invitations[1]),
    }
