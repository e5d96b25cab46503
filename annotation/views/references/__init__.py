"""For experts and managers: which reference answers are missing, and the page on which one is written and approved."""
