"""The proof that a release trains a scorer: `python -m tests.train_demo`.

Read drawing (responses whose truth is known), study (they become a project with annotators, disputes and a release), lines (a
release's training files, and a scorer's answers), scorer (a tiny model with random weights), train (a program that reads nothing
but a release's folder) and report. The tests of what needs no torch stand beside them.
"""
