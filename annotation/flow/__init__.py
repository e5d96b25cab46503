"""The steps of a study and the only writers of its data, in this order:

setup (projects, people), load, duplicates and images, assign, sample (what is to be scored of a pool), score; judgements (the
rating matrix), labels, agree, adjudicate; release, check; results; leave (memberships that end). shown records what people are
shown of others' scores. jobs carry steps out in the background, demo takes all of them, backup copies what they stored. A step
imports only what comes before it.
"""
