"""Copies of a whole installation, made while people work, and the way back.

A backup is a folder: the database, the files of the storage that it names, the secret key, and a manifest with the hash of each.
manifest and verify know nothing of Django, so that a backup is checked where nothing else is; contents reads what a database
names, database copies it and files copies those; make and restore are the steps.
"""
