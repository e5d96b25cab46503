"""Django's database backend for SQLite, which waits for a lock without holding its connection (base)."""
