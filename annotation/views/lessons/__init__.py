"""What disputes teach, as pages. Read pages, then rows (the report as tables), address (a selection of disputes as an address),
words (reasons and names in the reader's language) and descriptor (the draft of a rubric's next version)."""
