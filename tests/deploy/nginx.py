"""nginx with deploy/nginx/sixpoint.conf, in a folder of its own: the ports, the certificate and the images are the test's."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import ROOT
from tests.installation import Installation, free_port

SITE = ROOT / "deploy" / "nginx" / "sixpoint.conf"
MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
user root;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    plain: int  # the port of HTTP
    secure: int  # of HTTPS
    certificate: Path


def site(text: str, *, gunicorn: str, front: Front, images: Path) -> str:
    """The site as it stands, for other ports and folders."""
    for pattern, replacement in (
        (r"server 127\.0\.0\.1:8000;", f"server {gunicorn};"),
        (r"listen 80;", f"listen 127.0.0.1:{front.plain};"),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{front.secure} ssl http2;"),
        (r"\n +listen \[::\]:.*", ""),
        (r"ssl_certificate .*;", f"ssl_certificate {front.certificate};"),
        (r"ssl_certificate_key .*;", f"ssl_certificate_key {front.certificate};"),
        (r"alias .*;", f"alias {images}/;"),
        (r"server_name .*;", "server_name 127.0.0.1;"),
    ):
        text, count = re.subn(pattern, replacement, text)
        assert count, f"{pattern} is not in {SITE}"
    return text


@contextmanager
def nginx(folder: Path, installation: Installation) -> Iterator[Front]:
    program = shutil.which("nginx")
    assert program, "make test-deploy needs nginx: install it (on Debian and Ubuntu: apt-get install nginx-light)"
    folder.mkdir()
    front = Front(free_port(), free_port(), folder / "certificate.pem")
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    key, certificate = folder / "key.pem", folder / "crt.pem"
    subprocess.run([*request, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    front.certificate.write_text(key.read_text() + certificate.read_text())
    images = Path(installation.environment["DATA_DIR"], "images")
    gunicorn = installation.url.removeprefix("http://")
    (folder / "site.conf").write_text(site(SITE.read_text(), gunicorn=gunicorn, front=front, images=images))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
    serving = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    checked = subprocess.run([*serving, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(serving)
    try:
        wait_for(process, front)
        yield front
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(process: subprocess.Popen[bytes], front: Front) -> None:
    """Until it takes connections on both ports."""
    deadline = time.monotonic() + 30
    for port in (front.plain, front.secure):
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("nginx does not answer: see error.log") from error
                time.sleep(0.05)
