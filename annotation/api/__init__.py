"""The JSON API under /api/v1/: a module per step, urls names the addresses, schema describes them."""
