"""gunicorn's worker, and slow_clients, for which it waits."""
