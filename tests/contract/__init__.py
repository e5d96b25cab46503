"""What others rely on stays as it is: the API, the addresses, the commands, the files of a release, the keys of JSON documents.

`snapshot` takes all of it as plain data and `demo` what needs the demo project; `test_contract` compares it with stored/.
What is added on purpose is stored with `python -m tests.contract`, and the diff shows what others will see of the change.
"""
