"""How people come in: the links by which they are invited to a project, and those by which they set a new password.

Of a link only the digest of its token is stored, so that who reads the database cannot follow it.
"""

from annotation.models.entry.invitations import Acceptance, Invitation
from annotation.models.entry.password_links import PasswordLink
from annotation.models.entry.tokens import digest_of, new_link_token

__all__ = ["Acceptance", "Invitation", "PasswordLink", "digest_of", "new_link_token"]
