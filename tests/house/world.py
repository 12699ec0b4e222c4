"""A small world for the table of principals: who may ask, and things that are theirs, somebody else's, or nobody's."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from alongside.booths.sessions import COOKIE as SEAT
from alongside.channels.email.models import Mailbox, RawMail
from alongside.conversations import blocking, drafting, merging, pictures, replies, tagging
from alongside.conversations.models import Conversation, Inbox, Participant
from alongside.conversations.writing import Address, Letter, answer, receive
from alongside.desk.joining import invitations, links
from alongside.files.models import File
from alongside.importers.models import PeopleImport
from alongside.keys.models import Key
from alongside.keys.scopes import SCOPES
from alongside.members.models import Location, Member, Organisation, Team
from alongside.people.merging import merge
from alongside.people.models import Person, Relation, Suggestion
from alongside.portal import sessions
from alongside.portal.models import Copy
from alongside.profiles.models import TOLD, Answer, Product, QuestionSet
from alongside.promises.models import Promise
from tests.house.things import EVERYONE, TEAM, VISITOR, Thing
from tests.house.world_booths import of_booths
from tests.house.world_knowledge import of_knowledge
from tests.house.world_visits import of_visits


class World:
    """The café, which the counter team serves, and the bank, which it does not; and everything in both."""

    def __init__(self):
        self.counter, self.bank_team = Team.objects.create(name="Counter"), Team.objects.create(name="Bank")
        self.members = {
            "outsider": self._member("dana@bank.example", "Dana"),
            "member": self._member("lena@cafe.example", "Lena", teams=[self.counter]),
            "lead": self._member("carla@cafe.example", "Carla", role="lead", teams=[self.counter]),
            "admin": self._member("theo@cafe.example", "Théo", role="admin"),
            "owner": self._member("marta@cafe.example", "Marta", role="owner"),
            "deactivated": self._member("gone@cafe.example", "Gone", role="owner", teams=[self.counter]),
            "ended": self._member("ended@cafe.example", "Ended", role="owner", teams=[self.counter]),
            "colleague": self._member("tomas@cafe.example", "Tomás", teams=[self.counter]),
        }
        self.member, self.owner = self.members["member"], self.members["owner"]
        Organisation.ours().describe(by=self.owner.person, name="The café", zone="UTC", language="en")
        self.cafe, self.bank = Inbox.objects.create(name="Café"), Inbox.objects.create(name="Bank")
        self.cafe.teams.add(self.counter)
        self.ryan = Person.meet(called="Ryan", email="ryan@kessler.example", demo=True)
        self.joe = Person.meet(called="Joe", email="joe@hallam.example")
        self.conversation, self.loan = self.begins(self.cafe, "Folder"), self.begins(self.bank, "Loan")
        booths, self.seat, self.guest = of_booths((self.ryan, self.joe), self.member)
        self.things = {**self._of_conversations(), **self._of_members(), **self._of_keys(), **self._of_mail(),
                       **self._of_the_visitor(), **self._of_profiles(),
                       **{name: Thing(id) for name, id in of_visits(self.ryan, self.member.person).items()},
                       **booths, **of_knowledge(self.member.person)}
        self.browsers, self.handlers = {name: self._browser(name) for name in EVERYONE}, {}

    def _member(self, email: str, called: str, role="member", teams=()) -> Member:
        member = Member.welcome(email=email, called=called, role=role, teams=teams)
        member.password = MD5PasswordHasher().encode("a long enough word", "salt")
        member.save(update_fields=["password"])
        return member

    def begins(self, inbox: Inbox, subject: str, person: Person | None = None) -> Conversation:
        """A conversation that somebody began with a message."""
        person = person or self.ryan
        conversation = Conversation.start(inbox=inbox, person=person, subject=subject)
        receive(conversation, author=person, sender=Address(person.email), text=f"About the {subject}.")
        return conversation

    def _pair(self, make) -> Thing:
        """One of the café's, which the team sees, and one of the bank's."""
        return Thing(make(self.cafe), TEAM, make(self.bank))

    def _of_conversations(self) -> dict[str, Thing]:
        return {
            "conversation": Thing(self.conversation.id, TEAM, self.loan.id),
            "second": self._pair(lambda inbox: self.begins(inbox, "Second").id),
            "trashed": self._pair(self._trashed),
            "message": self._pair(lambda inbox: self.begins(inbox, "Letter").messages.get().id),
            "outgoing": self._pair(self._outgoing),
            "enclosed": self._pair(self._enclosed),
            "merging": self._pair(self._merging),
            "held": self._pair(self._held),
            **self._pictured(),
            "draft": Thing(drafting.save(self.member, mode="new", text="Dear Ryan").id, frozenset({"member"}),
                           drafting.save(self.members["outsider"], mode="new", text="Dear Joe").id),
            "reply": Thing(self._reply(self.counter), TEAM, self._reply(self.bank_team)),
            "block": Thing(blocking.block("@adverts.example", by=self.member.person).id),
            "inbox": Thing(self.cafe.id),
            "tag": Thing(tagging.tag(self.conversation, "folder", by=self.owner.person).id),
        }

    def _reply(self, team) -> int:
        return replies.keep("Thanks", "Thank you.", by=self.owner.person, team=team).id

    def _trashed(self, inbox) -> int:
        conversation = self.begins(inbox, "Trash")
        conversation.throw_away(by=self.owner.person)
        return conversation.id

    def _outgoing(self, inbox) -> int:
        conversation = self.begins(inbox, "Answer")
        letter = Letter(text="We have it.", to=[Address("ryan@kessler.example")])
        return answer(conversation, letter, by=self.owner.person, seen_id=conversation.newest_id).id

    def _enclosed(self, inbox) -> int:
        file = File.keep(b"the figures", name=f"{inbox.name}.txt")
        receive(self.begins(inbox, "Figures"), author=self.ryan, sender=Address(self.ryan.email), text="Here they are.",
                files=[(file, "", False)])  # fmt: skip
        return file.id

    def _merging(self, inbox) -> int:
        return merging.merge(self.begins(inbox, "One"), self.begins(inbox, "Two"), by=self.owner.person).id

    def _held(self, inbox) -> int:
        conversation = self.begins(inbox, "Thread")
        address = Address("stranger@elsewhere.example", "Someone")
        receive(conversation, author=None, sender=address, text="It is me.", held=True)
        held, _made = Participant.objects.get_or_create(conversation=conversation, address=address.address,
                                                        defaults={"held": True})
        return held.id

    def _pictured(self) -> dict[str, Thing]:
        """A letter with a picture that lies elsewhere, and the address of ours that was made for the member."""
        letters = [self.begins(inbox, "Picture").messages.get() for inbox in (self.cafe, self.bank)]
        for each in letters:
            each.html = '<img data-remote="http://127.0.0.1/private.png">'
            each.save(update_fields=["html"])
        mine, owners = (self._last(pictures.addresses(letters[0], self.members[name].id)[0])
                        for name in ("member", "owner"))
        return {"pictured": Thing(letters[0].id, TEAM, letters[1].id),
                "picture": Thing(mine, frozenset({"member"}), owners)}

    def _of_the_visitor(self) -> dict[str, Thing]:
        """What lies on Ryan's own page, and the same of Joe's; and a link that opens the colleague's."""
        theirs = self.begins(self.cafe, "Scone", self.joe)
        files = [File.keep(b"crumbs", name="crumbs.txt") for _each in range(2)]
        for conversation, file in zip((self.conversation, theirs), files, strict=True):
            person = conversation.person
            receive(conversation, author=person, sender=Address(person.email), text="See.", files=[(file, "", False)])
        colleague = self.members["colleague"].person
        _key, link = Key.issue("my_page", subject=colleague, uses=1, data={"identity": colleague.identities.get().id})
        return {
            "copy": self._copies(),
            "talk": Thing(self.conversation.id, VISITOR, theirs.id),
            "my_file": Thing(files[0].id, VISITOR, files[1].id),
            "forget_link": Thing(Key.issue("forget_me", subject=self.joe, uses=1, data={
                "how": "delete", "identity": self.joe.identities.get().id})[1], EVERYONE, link),
            "my_link": Thing(link, EVERYONE, Key.issue("my_session", subject=colleague)[1]),
        }

    def _copies(self) -> Thing:
        copies = [Copy.objects.create(person=person, file=File.keep(b"all of it", name="my-page.zip"))
                  for person in (self.ryan, self.joe)]
        return Thing(copies[0].id, VISITOR, copies[1].id)

    def _of_members(self) -> dict[str, Thing]:
        own = File.keep(b"a picture", name="a.txt", by=self.member.person)
        others = File.keep(b"another", name="b.txt", by=self.owner.person)
        link = self._last(own.link(self.member.principal()))
        sessions = {name: UserSession.objects.create(user=self.members[name], ip="127.0.0.1", user_agent="x",
                                                     session_key=f"elsewhere-{name}").id for name in ("member", "lead")}
        return {
            "person": Thing(self.ryan.id),
            "other_person": Thing(self.joe.id),
            "relation": Thing(*self._relations()),
            "merged_people": Thing(self._merged_people()),
            "suggestion": Thing(self._suggestion()),
            "identity": Thing(self.ryan.identities.get().id, EVERYONE, self.joe.identities.get().id),
            "colleague": Thing(self.members["colleague"].id),
            "promise": Thing(self._promise()),
            "location": Thing(Location.found(name="Market Street").id),
            "team": Thing(self.counter.id, TEAM, self.bank_team.id),
            "session": Thing(sessions["member"], frozenset({"member"}), sessions["lead"]),
            "file": Thing(link, frozenset({"member"}), self._last(others.link(self.owner.principal()))),
        }

    def _relations(self) -> tuple:
        odile = Person.meet(called="Odile")
        made = [Relation.tie(one, odile, "family", by=self.owner.person).id for one in (self.ryan, self.joe)]
        return made[0], EVERYONE, made[1]

    def _merged_people(self) -> int:
        return merge(Person.meet(called="Ann"), Person.meet(called="Anna"), by=self.owner.person).id

    def _suggestion(self) -> int:
        other = Person.meet(called="Rian")
        return Suggestion.objects.create(one=self.ryan, other=other, score=1, level="ask").id

    def _promise(self) -> int:
        due = timezone.now() + timedelta(days=1)
        return Promise.make(person=self.ryan, words="Call", due_at=due, by=self.member.person, owner=self.member).id

    def _of_keys(self) -> dict[str, Thing]:
        theirs, by = self.member.person, self.owner.person
        api, _token = Key.issue("api", by=by, subject=by, name="Till", scopes=["people:read"])
        invitation, joins = invitations.invite(email="new@cafe.example", role="member", teams=[], by=self.owner)
        return {
            "api_key": Thing(api.id, EVERYONE, invitation.id),
            "invitation": Thing(invitation.id, EVERYONE, api.id),
            "new_address": Thing(self._address_link(), EVERYONE, joins),
            "join": Thing(joins, EVERYONE, Key.issue("sign_in", by=by, subject=theirs, uses=1)[1]),
            "sign_in": Thing(self._last(links.make_link(self.members["colleague"])), EVERYONE, joins),
        }

    def _address_link(self) -> str:
        held = {"from": self.members["colleague"].email, "to": "tomas@home.example"}
        return Key.issue("new_address", subject=self.members["colleague"].person, uses=1, data=held)[1]

    def _of_mail(self) -> dict[str, Thing]:
        boxes = {state: Mailbox.objects.create(inbox=self.cafe, address=f"{state}@cafe.example", state=state)
                 for state in (Mailbox.CONNECTED, Mailbox.PAUSED)}
        Mailbox.objects.create(inbox=self.cafe, address="post@cafe.example", transport=Mailbox.POST_OFFICE)
        aside, taken = (
            RawMail.objects.create(mailbox=boxes[Mailbox.CONNECTED], source="imap", sha256=state.encode(), state=state,
                                   raw=b"From: <a@b.example>\r\nSubject: News\r\n\r\nText\r\n").id
            for state in (RawMail.ASIDE, RawMail.TAKEN))
        return {
            "mailbox": Thing(boxes[Mailbox.CONNECTED].id),
            "paused": Thing(boxes[Mailbox.PAUSED].id, EVERYONE, boxes[Mailbox.CONNECTED].id),
            "aside": Thing(aside, EVERYONE, taken),
            "outsider": Thing(self.ryan.id, EVERYONE, self.joe.id),
            "import": Thing(PeopleImport.objects.create(
                file=File.keep(b"name\nNora Nova\n", name="people.csv", by=None), name="people.csv", kind="csv",
                mapping={"0": "full_name"}, by=self.owner.person).id),
        }

    def _of_profiles(self) -> dict[str, Thing]:
        asked, by = QuestionSet.make("Buyer", of_everyone=True), self.member.person
        question = asked.add(words="Why do they come early?")
        own, others = (Answer.give(person, question, "To read", provenance=TOLD, by=by) for person in
                       (self.ryan, self.joe))
        return {"question_set": Thing(asked.id), "question": Thing(question.id),
                "answer": Thing(own.id, EVERYONE, others.id), **self._of_products()}

    def _of_products(self) -> dict[str, Thing]:
        asked, by = QuestionSet.make("Product", for_kind="product"), self.member.person
        question = asked.add(words="What is it best at?")
        rye, wheat = (Product.write_down(name, self.ryan, by=by) for name in ("Rye loaf", "Wheat loaf"))
        own, others = (Answer.give(product, question, "Toast", provenance=TOLD, by=by) for product in (rye, wheat))
        return {"product": Thing(rye.id), "product_question": Thing(question.id),
                "product_answer": Thing(own.id, EVERYONE, others.id)}

    @staticmethod
    def _last(address: str) -> str:
        return address.rstrip("/").rpartition("/")[2]

    def _browser(self, name: str) -> dict:
        """What somebody's requests carry: the cookies of a session, or a key, or nothing."""
        if name.endswith("key"):
            return {"token": self.key_of("owner", *(SCOPES if name == "whole key" else ()))}
        if name == "nobody":
            return {}
        if name == "visitor":
            return {"cookies": f"{sessions.COOKIE}={sessions.open_for(self.ryan)}"}
        if name == "guest":
            return {"cookies": f"{SEAT}={self.seat}"}
        client = Client()
        client.force_login(self.members[name])
        client.get("/settings/you")  # what the first request of a session writes down is there
        if name == "deactivated":
            Member.objects.filter(pk=self.members[name].pk).update(is_active=False)
        if name == "ended":
            self.members[name].end_sessions(by=self.members[name].person)
        return {"cookies": client.cookies.output(header="").strip()}

    def key_of(self, name: str, *scopes: str, **more) -> str:
        """A token of a fresh API key that acts for a member, with these scopes."""
        person = self.members[name].person
        wanted = {"lasts": timedelta(days=1), **more}
        return Key.issue("api", by=person, subject=person, name="test", scopes=scopes, **wanted)[1]

    def client_of(self, name: str, **more) -> Client:
        """A browser that stands where `name` stands, freshly opened."""
        carried, client = self.browsers[name], Client(**more)
        # One handler for all: what stands before the views is made once, and a session is not noted again and again.
        client.handler = self.handlers.setdefault(client.handler.enforce_csrf_checks, client.handler)
        if "cookies" in carried:
            client.cookies.load(carried["cookies"])
        if "token" in carried:
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {carried['token']}"
        return client

    def ids(self, which: str = "own") -> dict[str, int | str]:
        """The name of each thing as one writes it in an address: `own`, `foreign` or `missing`."""
        return {name: getattr(thing, which) for name, thing in self.things.items()}


