"""The pages of scorers, for managers. Read words (names of figures), charts (places of marks), rows (a report as tables), asked
(which labels), then listing, detail, comparison and actions."""
