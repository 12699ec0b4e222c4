"""`alongside people evaluate`: any file, told plainly."""

import json

import pytest

from alongside.cli.main import main

PEOPLE = """id,group,given_name,surname,phone,date_of_birth,shoe
1,a,Joseph,Okafor,+49 30 901820,1980-05-17,42
2,a,Joe,Okafor,030 901820,17.05.1980,
3,b,Vera,Maluf,+49 30 555555,1975-01-30,
"""
FEBRL = """rec_id, given_name, surname, street_number, address_1, suburb, postcode, date_of_birth, soc_sec_id
rec-1-org, lara, slape, 11, lamington street, albany creek, 6002, 19010927, 2204911
rec-1-dup-0, lara, slpae, 11, lamington s treet, albany creek, 6020, 19010927, 2204911
rec-2-org, georgia, pettigrove, 5, sinclair street, prairie, 2478, 19231019, 9695933
"""


@pytest.fixture
def evaluate(tmp_path, capsys):
    """Calls it with a file of these words (or bytes); returns exit code, what it said, and its complaint."""

    def call(text, *more, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["people", "evaluate", *more, str(path)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_precision_recall_and_every_pair(evaluate):
    code, said, _err = evaluate(PEOPLE, "--json")
    told = json.loads(said)
    assert code == 0
    assert (told["people"], told["true_pairs"], told["columns_not_used"]) == (3, 1, ["shoe"])
    assert told["automatic"] == {"pairs": 1, "right": 1, "precision": 1.0, "recall": 1.0}
    assert [(pair["one"], pair["other"], pair["level"], pair["right"]) for pair in told["pairs"]] == [
        ("1", "2", "same", True)]
    assert {each["field"] for each in told["pairs"][0]["why"]} == {"given_name", "surname", "phone", "date_of_birth"}


def test_in_words(evaluate):
    _code, said, _err = evaluate(PEOPLE)
    assert "same phone" in said and "given name a short form" in said
    assert "precision 100.00 %, recall 100.00 %" in said


def test_columns_of_febrl_hold_the_truth_in_the_id(evaluate):
    told = json.loads(evaluate(FEBRL, "--json")[1])
    assert told["with_ask"]["recall"] == 1.0 and told["pairs"][0]["other"] == "rec-1-dup-0"


def test_without_the_truth_it_says_only_what_it_would_do(evaluate):
    told = json.loads(evaluate(PEOPLE.replace(",group", ",colour"), "--json")[1])
    assert told["automatic"] == {"pairs": 1, "right": None, "precision": None, "recall": None}


def test_broken_rows_are_told_and_the_others_go_on(evaluate):
    broken = PEOPLE + "4,c,too,few\n,d,No,Id,1,,\n1,a,Again,Okafor,,,\n5,e,,,,,9\n6,f,Ines,Cole,030777777,,\n"
    told = json.loads(evaluate(broken, "--json")[1])
    assert told["people"] == 4
    assert {row["line"]: row["reason"] for row in told["broken"]} == {
        5: "it has 4 cells; the header has 7", 6: "it has no id", 7: "the id 1 is on line 2 already",
        8: "it says nothing by which a person could be compared"}


@pytest.mark.parametrize("text, words", [
    ("", "the file is empty"), ("name,phone\nAda,1\n", "there is no column `id`"),
    ("id,colour\n1,red\n", "nothing to compare"),
    ("id,name\n", "there is nobody in it"), ("id,name\n1,Zoë\n".encode("latin-1"), "line 2 is not UTF-8"),
    ("id,phone,mobile\n1,2,3\n", "the column `phone` is there twice"),
])
def test_a_file_that_cannot_be_used(evaluate, text, words):
    code, said, complaint = evaluate(text)
    assert code == 1 and said == "" and words in complaint and "Traceback" not in complaint


def test_other_marks_and_encodings(evaluate):
    told = json.loads(evaluate(PEOPLE.replace(",", ";").encode("utf-16"), "--json")[1])
    assert told["people"] == 3


def test_name_pairs_alone(tmp_path, capsys):
    path = tmp_path / "pairs.csv"
    path.write_text("name_a,name_b,same\nBill Smith,William Smith,1\nJohn Smith,Joan Smith,0\nAda,,1\nAda,Ida,maybe\n")
    assert main(["people", "evaluate", "--pairs", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["name_pairs"]
    assert (told["precision"], told["recall"], told["f1"], told["false_merges"]) == (1.0, 1.0, 1.0, 0.0)
    assert [row["line"] for row in told["broken"]] == [4, 5]
    assert [row["name_b"] for row in told["rows"]] == ["William Smith"]


def test_a_column_of_pairs_is_missing(tmp_path, capsys):
    path = tmp_path / "pairs.csv"
    path.write_text("a,name_b\nAda,Ida\n")
    assert main(["people", "evaluate", "--pairs", str(path)]) == 1
    assert "there is no column `name_a`" in capsys.readouterr().err


def test_no_file_at_all(tmp_path, capsys):
    assert main(["people", "evaluate", str(tmp_path / "none.csv")]) == 1
    assert "No such file" in capsys.readouterr().err
    with pytest.raises(SystemExit) as misused:
        main(["people", "evaluate"])
    assert misused.value.code == 2
