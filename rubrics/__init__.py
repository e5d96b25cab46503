"""How a response is measured; nothing here imports annotation.

Reading order: models, yaml (reads a rubric file), versioning (draft, frozen, next version), scoring (the overall score), payload
and cache; markup makes safe HTML of Markdown; views, urls, api and admin show rubrics.
"""
