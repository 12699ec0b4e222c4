"""A member: someone who serves and signs in; a person first, so there is a person below."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alongside.events.models import record
from alongside.lib.principal import ANONYMOUS, ROLES, Principal
from alongside.members.models.hours import AtWork
from alongside.members.models.organisation import Organisation
from alongside.members.models.team import TeamPlace
from alongside.people.models import EMAIL, Person
from alongside.people.renewing import once

PREFERENCES = ("zone", "language", "signature", "notify_page", "notify_browser", "notify_mail")


class MemberQuerySet(models.QuerySet):
    """Members by who may see them, and as a request needs them."""

    def visible_to(self, principal):
        """Colleagues see each other; nobody else sees a member through this door."""
        return self if principal.serves else self.none()

    def arriving(self):
        """Active members with all that a page needs of its reader, in one query: name, teams, the house's zone."""
        ours = Organisation.objects.filter(id=1)
        return (
            self.filter(is_active=True)
            .select_related("person")
            .annotate(
                served_team_ids=ArraySubquery(TeamPlace.objects.filter(member=OuterRef("pk")).values("team_id")),
                house_zone=Subquery(ours.values("zone")),
                house_language=Subquery(ours.values("language")),
            )
        )


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    """Makes members; there is no member without a person."""

    def get_by_natural_key(self, email):
        """The member who signs in with `email`, whatever its case."""
        return self.get(email__iexact=email)


class Member(AtWork, AbstractBaseUser):
    """Someone who serves. `email` is their sign-in; `person` who they are when they are served themselves."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="member")
    email = models.EmailField(_("mail"), unique=True)
    role = models.CharField(max_length=8, choices=[(r, r) for r in ROLES], default="member")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=16, blank=True)
    signature = models.TextField(blank=True)
    notify_page = models.BooleanField(default=True)
    notify_browser = models.BooleanField(default=False)
    notify_mail = models.BooleanField(default=True)
    session_round = models.PositiveIntegerField(default=0, editable=False)  # sessions of an earlier round have ended
    demo = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    is_staff = False
    is_superuser = False

    objects = MemberManager()

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """How colleagues and customers read this member's name."""
        return self.person.name or self.email.split("@")[0]

    @classmethod
    def welcome(
        cls, *, email: str, called: str, role: str = "member", full_name="", password=None, by=None, teams=(), **more
    ) -> "Member":
        """Make a member with a person of their own. Records `members.joined`."""
        with transaction.atomic():
            person = Person.meet(
                called=called,
                full_name=full_name,
                email=email,
                provenance="verified",
                by=by,
                demo=more.get("demo", False),
            )
            member = cls(person=person, email=email.strip().lower(), role=role, **more)
            member.set_password(password)
            member.save()
            member.teams.set(teams)
            record("members.joined", by=by or person, subject=person, data={"member": member.id, "role": role})
        return member

    def change_role(self, role: str, *, by) -> None:
        """Give another role. Raises ValueError when it would leave the house without an owner."""
        with transaction.atomic():
            self._refuse_losing_the_last_owner(still_owner=role == "owner")
            self.role = role
            self.save(update_fields=["role"])
            record("members.role_changed", by=by, subject=self.person, data={"member": self.id, "role": role})

    def leave(self, *, by) -> None:
        """Stop serving: sign-in ends now, what they did stays theirs. Raises ValueError for the last owner."""
        with transaction.atomic():
            self._refuse_losing_the_last_owner(still_owner=False)
            self.is_active = False
            self.save(update_fields=["is_active"])
            self.end_sessions(by=by)
            record("members.left", by=by, subject=self.person, data={"member": self.id})

    def come_back(self, *, by) -> None:
        """Serve again after having left. Records `members.returned`."""
        with transaction.atomic():
            self.is_active = True
            self.save(update_fields=["is_active"])
            record("members.returned", by=by, subject=self.person, data={"member": self.id})

    def end_sessions(self, *, by) -> None:
        """End every session of this member, on every device, now. Records `members.signed_out_everywhere`."""
        with transaction.atomic():
            Member.objects.filter(id=self.id).update(session_round=F("session_round") + 1)
            self.refresh_from_db(fields=["session_round"])
            record("members.signed_out_everywhere", by=by, subject=self.person, data={"member": self.id})

    def prefer(self, *, by, **wishes) -> None:
        """Keep how this member likes to work (any of PREFERENCES). Records `members.preferred` with what changed."""
        if unknown := set(wishes) - set(PREFERENCES):
            raise ValueError(f"not a preference: {sorted(unknown)}")
        changed = sorted(name for name, value in wishes.items() if getattr(self, name) != value)
        if not changed:
            return
        with transaction.atomic():
            for name in changed:
                setattr(self, name, wishes[name])
            self.save(update_fields=changed)
            record("members.preferred", by=by, subject=self.person, data={"member": self.id, "fields": changed})

    def sign_in_as(self, email: str, *, by, provenance: str = "told") -> None:
        """Use another address for signing in from now on. Records `members.address_changed`."""
        email = email.strip().lower()
        if email == self.email:
            return
        with once():
            self.person.identities.filter(kind=EMAIL, key=self.email).delete()
            self.person.reach_at(EMAIL, email, provenance=provenance, by=by)
            self.email = email
            self.save(update_fields=["email"])
            record("members.address_changed", by=by, subject=self.person, data={"member": self.id})

    def _get_session_auth_hash(self, secret=None) -> str:
        """What a session must hold to be this member's: it changes with the password and with every round."""
        held = f"{self.password}:{self.session_round}"
        return salted_hmac("alongside.members.session", held, secret=secret, algorithm="sha256").hexdigest()

    def _refuse_losing_the_last_owner(self, still_owner: bool) -> None:
        owners = Member.objects.select_for_update().filter(role="owner", is_active=True)
        if not still_owner and {m.id for m in owners} == {self.id}:
            raise ValueError("the last owner")

    def principal(self, session_key: str | None = None) -> Principal:
        """This member as the one who asks."""
        if not self.is_active:
            return ANONYMOUS
        teams = getattr(self, "served_team_ids", None)
        return Principal(
            kind="member",
            person_id=self.person_id,
            member_id=self.id,
            role=self.role,
            team_ids=frozenset(self.places.values_list("team_id", flat=True) if teams is None else teams),
            session_key=session_key,
        )
