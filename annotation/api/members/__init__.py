"""Beside the list of members (`setup/members`): `invitations`, `password_link`, `limits`, `anonymous`, and `rights`."""
