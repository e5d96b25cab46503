"""How people come in, and what they sign in with.

Invitations by link, with mail; passwords, and the links by which a forgotten one is set (password_links); the second factor of
managers; sessions and tokens, which are listed and ended.
"""
