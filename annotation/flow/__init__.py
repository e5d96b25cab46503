"""The steps of a study and the only writers of its data, in this order:

setup (projects, people), load, duplicates and images, assign, score; judgements (the rating matrix), labels, agree, adjudicate;
release, check. jobs carry steps out in the background, demo takes all of them. A step imports only what comes before it.
"""
