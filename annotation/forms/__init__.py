"""What a browser posts, read into the body that the API takes, and what each form shows. Only the flow judges what is right.

Submission (the scoring form's fields) and criteria first, then scoring_form, which shows them; decision, upload, workspace.
"""
