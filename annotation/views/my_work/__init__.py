"""An annotator's own pages: mine lists what they scored, decisions what adjudicators decided on it."""
