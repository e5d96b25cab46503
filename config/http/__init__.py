"""What holds for every request and answer, whichever view it is for: proxies (the client's address), requests (its line in the
log) with logs and metrics, middleware, hashing, outage (while the database is away), refusals, reports, health.
"""
