"""The steps of a study and the only writers of its data, in this order:

setup (projects, people), accounts (how people come in), load, duplicates and images, assign, sample (what is to be scored of a
pool), score; overlap, closing (more or fewer slots, the end); judgements (the rating matrix), labels, agree, adjudicate; release,
check, watch (progress); results; leave (memberships that end), limits (who may score what), cohorts,
anonymise. shown records what people
are shown of others' scores. jobs carry steps out in the background, demo takes all of them, backup copies what they stored. A
step imports only what comes before it.
"""
