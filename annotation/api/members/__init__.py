"""For managers, beside the list of members (`setup/members`): `invitations`; the same steps as views/members."""
