"""The files with which a scorer is trained and checked, as the tools read them.

literal makes texts harmless, templates puts a label into words, tools passes each through internvl, sharegpt, swift and pairs.
mmie is the check split for MMIE's own script.
"""
