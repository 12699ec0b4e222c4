"""Writes one person's words down wherever the product takes any: by its pages, by mail, by its API."""

import io
import re
import tempfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.canaries import Canary


class Planting:
    """A member with a browser writes down what they can of one person, who is somebody of the demo."""

    def __init__(self, page, running, token: str, canary: Canary):
        self.page, self.running, self.token, self.canary = page, running, token, canary
        self.stem, self.id = canary.stem, 0

    def go(self, path: str):
        """Open a page of the house."""
        self.page.goto(self.running.url + path, wait_until="load")

    def send(self, path: str, **told):
        """Send a form as the open page would."""
        token = self.page.locator('meta[name="csrf-token"]').get_attribute("content")
        answer = self.page.request.post(self.running.url + path, form=told, headers={"X-CSRFToken": token})
        assert answer.ok, f"{path}: {answer.status} {answer.text()[:2000]}"
        return answer

    def find(self, name: str) -> int:
        """The number of somebody of the demo."""
        self.go("/people?q=" + name)
        self.page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
        self.page.wait_for_url(re.compile(r"/people/\d+$"))
        return int(self.page.url.rpartition("/")[2])

    def everything(self, name: str, twin: str) -> int:
        """All of it, for the one called `name`; `twin` is somebody who turns out to be the same. Returns the number."""
        self.id = self.find(name)
        self.card()
        self.same_as(self.find(twin))
        self.brought_in()
        self.letter()
        self.conversation()
        self.at_the_counter()
        self.promises()
        self.profile()
        self.by_program()
        self.booth()
        return self.id

    def card(self):
        """Names, what matters, every kind of address, whom they belong with."""
        stem, at = self.stem, f"/people/{self.id}"
        self.go(at)
        self.send(f"{at}/edit", called=stem.title(), full_name=f"Ada {stem.title()}", what_matters=f"No {stem}",
                  zone="Europe/London", language="en", kind="human")
        for kind, value in (("email", self.canary.mail), ("phone", self.canary.phone), ("card", self.canary.card),
                            ("handle", f"@{stem}"), ("external", f"till-{stem}")):
            self.send(f"{at}/identities", kind=kind, value=value)
        self.go(at)
        self.page.get_by_role("button", name=f"Reach them first at {self.canary.mail}").click()
        self.page.wait_for_load_state()
        ida = self.find("Ida")
        self.send(f"{at}/relations", **{"with": str(ida)}, kind="other", words=f"sings with {stem}")

    def same_as(self, twin: int):
        """Another record of theirs, which has words of theirs too."""
        self.go(f"/people/{twin}")
        self.send(f"/people/{twin}/edit", called=f"The other {self.stem}", full_name="", what_matters=f"{self.stem}!",
                  zone="", language="", kind="human")
        self.send(f"/people/{self.id}/merging/{twin}", why=f"{self.stem} said so")

    def brought_in(self):
        """A table with a row of theirs and a broken one, brought in; and one that only lies there."""
        table = ("Name;E-Mail;Geburtstag;Straße;PLZ;Ort\n"
                 f"Ada {self.stem.title()};{self.canary.mail};{self.canary.born};3 {self.stem} Street;LS3 1AA;Leeds\n"
                 f"Ada;{self.stem} at home;;;;\n").encode()
        for brought in (True, False):
            self.go("/settings/imports")
            self.page.get_by_label("File").set_input_files(
                files=[{"name": f"{self.stem}.csv", "mimeType": "text/csv", "buffer": table + b"\n" * brought}])
            self.page.get_by_role("button", name="Look into it").click()
            button = self.page.get_by_role("button", name=re.compile("^Bring "))
            expect(button).to_be_visible()
            if brought:
                button.click()
                self.page.get_by_role("button", name="Take it back").wait_for(timeout=20_000)

    def letter(self):
        """They write to us, with files whose names and bytes tell of them, and much in one letter."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
            whole.writestr(f"{self.stem}.txt", f"In a zip: {self.stem}" * 40)
        self.go(f"/post-office/{self.id}")
        self.page.get_by_label("About").fill(f"About {self.stem}")
        self.page.get_by_label("Words").fill(f"Hello, {self.stem} here.\n" + f"The {self.stem} came along. " * 400)
        self.page.get_by_label("Files").set_input_files(files=[
            {"name": f"{self.stem}.txt", "mimeType": "text/plain", "buffer": f"As text: {self.stem}".encode() * 99},
            {"name": "papers.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}])
        door = self.page.get_by_label("To", exact=True).locator("option").first.inner_text()
        ours = re.search(r"\((\S+@\S+)\)", door)[1]
        self.page.get_by_role("button", name="Post it to us").click()
        expect(self.page.get_by_text("Posted.")).to_be_visible()
        written = EmailMessage()
        written["From"], written["To"], written["Subject"] = f"Ada <{self.canary.mail}>", ours, "As a page"
        written["Message-ID"] = f"<{self.stem}@away.example>"
        written.set_content(f"A page by {self.stem}")
        written.add_alternative(f"<p>A <b>page</b> by {self.stem}</p>", subtype="html")
        with tempfile.NamedTemporaryFile(suffix=".eml") as file:
            Path(file.name).write_bytes(written.as_bytes())
            self.running.command("mail", "ingest", file.name, "--to", ours)

    def conversation(self):
        """We answer, ask a colleague in a note, and leave a draft with a file, there and to nobody yet."""
        self.go(f"/people/{self.id}")
        self.page.get_by_role("link", name=f"About {self.stem}").first.click()
        self.page.wait_for_url(re.compile(r"/conversations/\d+"))
        conversation = re.search(r"/conversations/\d+", self.page.url)[0]
        words = self.page.get_by_label(re.compile("^Your words")).first
        words.fill(f"Dear {self.stem}, thank you.")
        self.page.get_by_role("button", name=re.compile("^Send to")).click()
        expect(self.page.get_by_role("button", name=re.compile("Take it back")).first).to_be_visible()
        self.page.get_by_role("link", name="Note").first.click()
        note = self.page.get_by_label("Your note, for colleagues only")
        note.fill(f"Is {self.stem} cross, @Lena?")
        note.press("Control+Enter")
        expect(self.page.get_by_text(f"Is {self.stem} cross")).to_be_visible()
        expect(self.page.get_by_role("button", name=re.compile("Take it back"))).to_have_count(0, timeout=20_000)
        self.go(conversation)
        self.page.locator("#composer").get_by_label("Attach a file").first.set_input_files(
            files=[{"name": f"draft-{self.stem}.txt", "mimeType": "text/plain", "buffer": f"A {self.stem}.".encode()}])
        self.page.get_by_label(re.compile("^Your words")).first.fill(f"And another thing, {self.stem}")
        expect(self.page.get_by_text("Draft kept").first).to_be_visible(timeout=20_000)
        self.go(f"/conversations/new?person={self.id}")
        self.page.get_by_label("What it is about").fill(f"Before {self.stem} comes")
        expect(self.page.get_by_text("Draft kept").first).to_be_visible(timeout=20_000)

    def at_the_counter(self):
        """A visit: a mood, a kindness in our words, what they had, a note."""
        self.go("/counter")
        self.page.keyboard.type(self.stem, delay=10)
        self.page.locator("#found [role=option]").first.wait_for()
        self.page.keyboard.press("Enter")
        self.page.get_by_role("heading", name=self.stem.title(), level=1).wait_for()
        for label, words, button in (("Or in your words", f"Waved at {self.stem}", "Did it"),
                                     ("What they have", f"{self.stem} with oat milk", "Add"),
                                     ("A note", f"{self.stem} limps", "Keep")):
            field = self.page.get_by_label(label)
            field.fill(words)
            self.page.locator("form", has=field).get_by_role("button", name=button, exact=True).click()
            expect(self.page.get_by_text(words).first).to_be_visible()
        self.page.get_by_role("button", name="Tired").click()
        expect(self.page.get_by_text("Noted: Tired")).to_be_visible()

    def promises(self):
        """One that stands, and one that was broken, with why and what was done about it."""
        for words in ("To call {}", "A cake for {}"):
            told = self.send(f"/people/{self.id}/promises/new", words=words.format(self.stem), when="tomorrow")
        self.go(f"/people/{self.id}")
        self.page.get_by_role("link", name=f"A cake for {self.stem}").first.click()
        self.page.wait_for_url(re.compile(r"/promises/\d+"))
        self.send(re.search(r"/promises/\d+", self.page.url)[0] + "/breaking",
                  why=f"{self.stem} was out", amends=f"Two for {self.stem}")
        assert told

    def profile(self):
        """An answer in words of its own."""
        self.go(f"/people/{self.id}/profile")
        self.page.get_by_role("link", name=re.compile("What should we never do")).first.click()
        self.page.locator("[name=value]").first.fill(f"Speak of {self.stem}")
        self.page.get_by_role("button", name="Keep it").click()
        expect(self.page.get_by_text(f"Speak of {self.stem}").first).to_be_visible()
        self.send(f"/products/new?maker={self.id}", name=f"Loaf of {self.stem}", code=f"{self.stem}-1")

    def by_program(self):
        """A program writes through the API, under names by which it may send the same again."""
        self.ask("post", f"people/{self.id}/identities", {"kind": "handle", "value": f"till {self.stem}"})
        conversation = self.ask("get", f"conversations?person={self.id}")["items"][0]["id"]
        self.ask("post", f"conversations/{conversation}/notes", {"text": f"By a program: {self.stem}"})

    def booth(self):
        """A page that is shared with them: a goal, and they come in by a link, with steps, lines and how it ended."""
        code = self.ask("post", "booths", {"person": self.id, "goal": f"A seat for {self.stem}"})["id"]
        link = self.ask("post", f"booths/{code}/links", {"role": "edit"})["url"]
        self.ask("post", "booths/join", {"token": link.rpartition("#")[2], "name": self.stem.title()})
        self.ask("post", f"booths/{code}/steps", {"words": f"Ask {self.stem} twice"})
        self.ask("post", f"booths/{code}/lines", {"words": f"Good morning, {self.stem}"})
        self.ask("put", f"booths/{code}/ending", {"answer": "reached", "words": f"{self.stem} sits well"})

    def ask(self, method: str, path: str, told: dict | None = None) -> dict:
        """Send one request with the key."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"{self.stem} {path}"}
        answer = self.page.request.fetch(f"{self.running.url}/api/v1/{path}", method=method, data=told, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()
