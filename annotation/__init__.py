"""Who judged what, and what came of it.

Reading order: models, then flow (the steps, which alone write), with importers, imaging, agreement and exporters, which know no
database; access, forms, views and api on top. errors, limits and keyboard are read by several; accounts and uploads are Django's
hooks.
"""
