"""Beside the list of members (`setup/members`): invitations, links for passwords, limits, second factor, anonymity, rights."""
