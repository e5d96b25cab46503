"""Sets a study up.

Projects and their people (projects), the annotation settings of a project (workspace), its rules for disputes and labels
(rules), a person's settings (preferences).
"""
