"""Shapes of calls for OpenAPI that take a module of their own: annotators (of the agreement report), cases (adjudication),
releases."""
