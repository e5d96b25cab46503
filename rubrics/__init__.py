"""How a response is measured; nothing here imports annotation.

Reading order: models, checks and yaml (the one reader of a rubric's content), versioning (draft, frozen, next version), scoring
(the overall score), payload and cache; markup makes safe HTML of Markdown; form, preview and editor are the page on which a
rubric is written; views, urls, api and admin show rubrics.
"""
