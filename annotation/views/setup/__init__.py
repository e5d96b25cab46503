"""The settings of a project: its annotation settings (workspace), its rules for disputes and labels (rules)."""
