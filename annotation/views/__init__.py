"""The pages, a module per step as in flow; agreement is a package of its own."""
