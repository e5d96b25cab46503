"""Who may see what.

Membership first, with left (what somebody who has left is told), then blind (what an annotator sees), then revealed (what an
adjudicator sees after scoring).
"""
