import stat
from pathlib import Path

from config.secret import stored_secret
from tests.config.test_settings import settings_with


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = settings_with(tmp_path, "SECRET_KEY")
    assert first == settings_with(tmp_path, "SECRET_KEY")
    assert len(first["SECRET_KEY"]) > 60
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_secret_is_made_once_in_a_folder_that_is_made_for_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "password"
    secret = stored_secret(path, 9)
    assert (len(secret), stored_secret(path, 9), path.read_text()) == (12, secret, secret)
    assert [file.name for file in path.parent.iterdir()] == ["password"]
