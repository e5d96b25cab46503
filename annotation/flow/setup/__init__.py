"""Projects and their people (projects), what the annotators' page asks for (workspace), what people choose for themselves
(preferences)."""
