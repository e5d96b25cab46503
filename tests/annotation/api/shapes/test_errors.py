"""Each call describes the errors that any call can answer with, and keeps its own words for them."""

from annotation.api.shapes.errors import with_errors_of_every_call


def test_each_call_has_the_errors_of_every_call_and_those_of_bodies_where_it_takes_one() -> None:
    own = {"200": {"description": "done"}, "400": {"description": "its own"}}
    paths = {"/a/": {"get": {"responses": dict(own)}, "post": {"responses": dict(own), "requestBody": {}}}}
    called = with_errors_of_every_call({"paths": paths}, generator=None)["paths"]["/a/"]
    statuses = {method: sorted(call["responses"]) for method, call in called.items()}
    every = ["200", "400", "405", "406", "500", "503", "507"]
    assert statuses == {"get": every, "post": sorted([*every, "408", "413", "415"])}
    assert called["get"]["responses"]["400"] == {"description": "its own"}
    assert called["post"]["responses"]["413"] == {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        "description": "larger than this installation takes",
    }
