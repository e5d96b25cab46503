from config.database import database_settings


def test_a_request_waits_four_seconds_for_a_lock_and_a_command_a_minute() -> None:
    waits = [database_settings("sqlite:////tmp/a.sqlite3", serving=serving)["OPTIONS"]["timeout"] for serving in (True, False)]
    assert waits == [4, 60]
    options = [database_settings("postgres://me@host/name", serving=serving)["OPTIONS"] for serving in (True, False)]
    assert [settings.get("options") for settings in options] == ["-c lock_timeout=4s", None]


def test_a_connection_is_kept_and_asked_whether_it_holds() -> None:
    for url in ("sqlite:////tmp/a.sqlite3", "postgres://me@host/name"):
        settings = database_settings(url, serving=True)
        assert (settings["CONN_MAX_AGE"], settings["CONN_HEALTH_CHECKS"]) == (600, True)
