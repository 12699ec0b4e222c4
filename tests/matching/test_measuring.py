"""`alongside bench duplicates`: the nightly look as it runs, measured."""

import json

import pytest

from alongside.people.models import Suggestion
from bench.cli import main


@pytest.mark.django_db(transaction=True)
def test_the_whole_job_is_measured_beside_its_limits(capsys):
    assert main(["duplicates"]) == 1
    assert "no large world here" in capsys.readouterr().err
    assert main(["duplicates", "--people", "400", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    job = rows["the whole job"]
    assert job["suggestions"] == Suggestion.objects.open().count() > 20
    assert job["n"] == 1 and job["cpu_s"] > 0 and job["peak_mb"] > 0
    assert rows["writing them down as a table"]["people"] >= 400
    assert rows["raw count of pairs that share a key"]["pairs"] > job["suggestions"]
