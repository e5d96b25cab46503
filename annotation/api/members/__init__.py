"""For managers, beside the list of members (`setup/members`): `invitations`, `password_link` and `limits`."""
