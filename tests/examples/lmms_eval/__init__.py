"""The tasks for lmms-eval: `running` loads and runs a task as lmms-eval does, with a served scorer that is a few lines."""
