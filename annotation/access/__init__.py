"""Who may see what.

Membership first, then blind (what an annotator sees), then revealed (what an adjudicator sees after scoring).
"""
