"""The words of lessons on a live page: each that the script asks for is there, and none besides."""

import re

from django.template.loader import get_template

from alongside.lib.home import CHECKOUT

SCRIPTS = CHECKOUT / "frontend" / "src" / "booth"


def test_every_word_that_the_script_asks_for_is_there():
    sources = "".join(path.read_text() for path in [SCRIPTS / "lesson.ts", *(SCRIPTS / "lesson").glob("*.ts")])
    words = get_template("booths/lesson_words.html").template.make_module({}).lesson_words
    assert set(re.findall(r'"(lessons|lesson_[a-z_]+)"', sources)) == set(words)
    assert [text for text in words.values() if "%(" in text] == []
