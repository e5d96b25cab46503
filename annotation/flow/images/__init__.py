"""Image files: store checks and stores the images of a load, renditions makes the copies that pages show, by turns, and prepare
makes those of a project in advance. unused deletes what was uploaded and never saved."""
