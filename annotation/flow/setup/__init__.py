"""Sets a study up.

Projects and their people (projects), the annotation settings of a project (workspace), a person's settings (preferences).
"""
