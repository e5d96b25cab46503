from tests.annotation.views.release.conftest import lea, made, manager, project

__all__ = ["lea", "made", "manager", "project"]
