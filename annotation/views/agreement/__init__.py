"""The agreement pages.

Pages shows them, rows fills tables, charts draws, drilldown_url is the address of the responses behind a number.
"""
