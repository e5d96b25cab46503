"""What gunicorn reads by itself when it is started here: loopback only, threads for the waiting, two processes."""

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 4
control_socket_disable = True  # its default place is shared by everything that one person runs
