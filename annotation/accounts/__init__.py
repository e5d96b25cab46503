"""Signing in and out, by allauth and without open sign-up: accounts are made by invitation, by commands or in the admin.

`sign_in` finds the person, `second_factor` asks for codes, `throttle` counts failures; `invitations` takes people in; `passwords`
changes a password, `password_links` sets one that was forgotten; `sessions` (with `browsers`) says where somebody is signed in,
`sign_out` clears a device; `urls`.
"""
