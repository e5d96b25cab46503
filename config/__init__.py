"""The installation: settings (the only file of them), urls, api and wsgi; secret, storage and staticfiles, which settings use;
command, the base of all commands; triggers, the base of the migrations with rules; health; translations.
"""
