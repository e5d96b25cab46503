"""Beside the list of members (`setup/members`), for managers: `invitations`, `cohorts`, `detail` of one. For all: `rights`."""
