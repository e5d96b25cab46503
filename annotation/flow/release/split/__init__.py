"""The split of a release: earlier (what earlier releases decided), then division (each query into train, check or test)."""
