"""The commands of a study, a module each; docs/ describes them."""
