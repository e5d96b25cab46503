"""What Django's queries alone are too slow for: compiled has queries whose SQL is written once, analyze refreshes statistics
during a load."""
