"""For managers, beside the list of members (`setup/members`): `invitations`, and `detail` for one member."""
