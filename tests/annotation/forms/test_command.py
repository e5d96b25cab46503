from annotation.forms.command import command_line


def test_each_option_has_a_line_that_a_shell_reads() -> None:
    options = {"out": "a b", "seed": 0, "size": None, "system": ("x", "y;z"), "names": True, "times": False, "field": ("",)}
    assert command_line("export", "study", options) == (
        "manage.py export --project study \\\n    --out 'a b' \\\n    --seed 0 \\\n    --system x \\\n    --system 'y;z' \\\n"
        "    --names \\\n    --field ''"
    )
