"""For templates: blocks has the sizes of images and blocks, navigation the links that name the current page."""
