"""Sets a study up.

Projects and their people (projects, people), tokens that are revoked (tokens), the annotation settings of a project (workspace),
its rules for disputes and labels (rules), its move to another version of a rubric (rubrics), what its training files ask a scorer
to answer (training), a person's settings (preferences) and password (passwords).
"""
