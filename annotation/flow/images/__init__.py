"""Image files: store takes a load's images in, renditions makes the copies that pages show."""
