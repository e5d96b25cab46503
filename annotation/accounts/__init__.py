"""Signing in and out, by allauth and without sign-up: accounts are made by commands or in the admin.

`sign_in` finds the person, `throttle` counts failures, `passwords` changes a password, `sign_out` clears a device, `urls`.
"""
