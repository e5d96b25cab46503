"""Sets a study up.

Projects and their people (projects, people), what their settings may be (values, settings), what is missing before the first
score (steps), copies (copy); the annotation settings (workspace), the rules for disputes and labels (rules), the move to another
version of a rubric (rubrics), what training files ask a scorer to answer (training); a person's own settings (preferences).
"""
