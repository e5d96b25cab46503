"""Beside the list of members (`setup/members`): `invitations`, `password_link`, `limits`, `second_factor`, `anonymous`, `rights`."""
