"""The agreement pages.

Read pages (the views) first, then rows (the report as tables), charts (the places of the marks), labels (the report's words in
the reader's language) and drilldown_url (the address of the responses behind a number).
"""
