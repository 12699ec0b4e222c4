"""Two names and nothing else."""

import pytest

from alongside.lib.matching.full_names import alike
from alongside.lib.matching.judging import ASK, DIFFERENT, SAME


@pytest.mark.parametrize("one, other", [
    ("William Smith", "Bill Smith"), ("John Smith", "J. Smith"), ("John Smith", "Smith, John"),
    ("Jon Smiht", "John Smith"),
    ("Hans Müller", "Hans Mueller"), ("Мария Иванова", "Maria Ivanova"), ("Юлия Шевченко", "Julia Schewtschenko"),
    ("محمد علي", "Mohammed Ali"), ("王伟", "Wei Wang"), ("김민수", "Kim Min-su"),
    ("Annamaria Rossi", "Anna Maria Rossi"),
    ("דוד כהן", "David Cohen"), ("כהן, דוד", "Dave Kohen"), ("משה מזרחי", "Moshe Mizrachi"),
    ("אלמוג שטרן", "Almog Stern"),
    ("פנחס לוי", "פינחס לוי"), ("أحمد قباني", "Ahmad Kabbani"), ("عبد الله منصور", "Abdallah Mansur"),
    ("خديجة البغدادي", "Khadija Al-Baghdadi"), ("Mischa Weber", "Michael Weber"),
    ("John Michael Smith", "John Smith"), ("Kathryn OBrien", "Catherine O’Brien"), ("Dr. Ada Cole", "ada cole"),
])
def test_one_person(one, other):
    assert alike(one, other).level == alike(other, one).level == SAME


@pytest.mark.parametrize("one, other", [
    ("John Smith", "Joan Smith"), ("J. Smith", "K. Smith"), ("Paul Weber", "Paula Weber"), ("Jan Hansen", "Jan Jansen"),
    ("דוד כהן", "Dina Cohen"), ("דנה שטרן", "Dina Stern"), ("أمير حداد", "Amira Haddad"), ("אלמוג לוי", "Alma Levy"),
    ("דוד כהן", "David Mizrahi"), ("דוד כהן", "דנה כהן"),
    ("John A. Smith", "John B. Smith"), ("Ada Cole", "Ugo Brandt"), ("", "Ada Cole"), ("🙂", "Ada Cole"),
])
def test_two_people(one, other):
    assert alike(one, other).level == alike(other, one).level == DIFFERENT


@pytest.mark.parametrize("one, other", [("John", "John Smith"), ("Smith", "Smith"), ("Ida Wolf", "Ida Wolff")])
def test_too_little_to_tell(one, other):
    assert alike(one, other).level == ASK


def test_a_name_that_many_bear_is_no_slip():
    assert alike("Ida Tarlak", "Ida Tarlat").level == SAME
    assert alike("Ida Tarlak", "Ida Tarlat", common={"tarlak", "tarlat"}).level == DIFFERENT
