"""The tables of a release: `parts` writes frames of rows; ratings, remarks and decisions each have a function `write`."""
