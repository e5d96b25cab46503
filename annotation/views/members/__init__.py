"""Beside the list of members (`setup/members`): for managers `invitations`, and `detail` for one member; for all members `rights`."""
