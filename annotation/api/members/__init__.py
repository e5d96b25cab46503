"""For managers, beside the list of members (`setup/members`): `invitations` and `password_link`; as views/members."""
