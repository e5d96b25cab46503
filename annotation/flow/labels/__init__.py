"""The label of a response by the project's rule, and how many there are."""
