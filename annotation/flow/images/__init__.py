"""Image files: renditions makes the copies that pages show, store checks and stores the images of a load."""
