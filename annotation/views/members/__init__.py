"""Beside the list of members (`setup/members`): for managers `invitations`, and `detail` of one member; for all `rights`."""
