from tests.annotation.exporters.records import files_of, label


def test_a_line_has_all_fields_of_the_label() -> None:
    assert files_of("labels", label()) == {
        "labels.jsonl": (
            '{"id":"PBL-1","system":"s","sample":0,"category":"c","field":"art","subfield":"","rubric":"r@1","split":"train",'
            '"overall":2.3333333333333335,"score":2,"percent":38.888888888888886,"how":"adjudicated",'
            '"fair":{"value":2.5,"se":0.3,"reason":null},"criteria":{'
            '"text":{"label":2.3333333333333335,"ratings":[2,2,3],"spread":1,"how":"agreed",'
            '"fair":{"value":2.4101,"se":0.3127,"reason":null}},'
            '"images":{"label":null,"ratings":[null,null,null],"spread":null,"how":"adjudicated",'
            '"fair":{"value":null,"se":null,"reason":"nothing has been rated"}},'
            '"whole":{"label":3.0,"ratings":[2,6,null],"spread":4,"how":"adjudicated",'
            '"fair":{"value":4.0,"se":0.5,"reason":null}}},'
            '"penalties":{"harm":{"label":true,"ratings":[true,false,true],"how":"adjudicated"}},'
            '"revised":true,"feedback":["早い。","Fine."]}\n'
        ).encode()
    }
