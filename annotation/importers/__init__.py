"""Turns files into checked records; knows nothing of the database.

Read archive first, which opens files and zips, and image_names, which finds the image that a record means; then readers (JSON)
and tables, which read them record by record; formats, which turns other tools' records into ours; values and times, which check
single values; items and scores, which check each record of an item file or of a score file; near_misses, which finds the id that
was meant; and scorer_file, which reads the scores of an automatic scorer.
"""
