"""load_rubric."""
