"""The tokens of links: 256 random bits, stored as their digest."""

import hashlib
import secrets


def new_link_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
