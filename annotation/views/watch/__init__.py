"""Progress of a project, for managers: chart (what was done per day), progress (the page, what is stuck, and the file)."""
