"""The REST calls under /api/v1/, for scripts: views that hand over to the flow as the pages do.

Parsers, errors and tokens are the frame, schema has the shapes for OpenAPI; the other modules have the calls, by step.
"""
