"""The files of deploy/, tried with systemd's own check and with a running nginx: `make test-deploy`. It needs both, which a
laptop may not have, so `make test` leaves it out."""
