"""The installation: settings (the only file of them), urls, api and wsgi; secret, modes, storage, database, log_settings, caching
and staticfiles, which settings use; command, the base of all commands; triggers, the base of the migrations with rules; version;
translations; http, for every request, and server, gunicorn's.
"""
