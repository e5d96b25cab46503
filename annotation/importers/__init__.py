"""Turns files into checked records; knows nothing of the database.

Read archive first, which opens files and zips; then readers, which read them record by record; formats, which turns other
tools' records into ours; items and scores, which check each record of an item file or of a score file; and scorer_file, which
reads the scores of an automatic scorer.
"""
