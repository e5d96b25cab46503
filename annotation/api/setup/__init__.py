"""How a project is set up: its members, its rules, what its training files ask."""
