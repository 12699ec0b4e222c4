"""A booth, who sits in it, and everything on its table that is a row."""

from alongside.booths.models.agreement import GoalAgreement
from alongside.booths.models.booth import OPEN, Booth, Full, NotOpen
from alongside.booths.models.enclosure import BoothFile
from alongside.booths.models.ending import PARTLY, REACHED, UNREACHED, Ending
from alongside.booths.models.hand import Hand
from alongside.booths.models.lesson import BroughtLesson, LessonPlace
from alongside.booths.models.line import ChatLine
from alongside.booths.models.link import EDIT, VIEW, BoothLink
from alongside.booths.models.participant import OURS, YOURS, Participant
from alongside.booths.models.receipt import Receipt
from alongside.booths.models.reminder import NotTheirs, Reminder, Said
from alongside.booths.models.step import TOGETHER, Step, StepChange
from alongside.booths.models.update import Snapshot, Update

__all__ = [
    "EDIT", "OPEN", "OURS", "PARTLY", "REACHED", "TOGETHER", "UNREACHED", "VIEW", "YOURS", "Booth", "BoothFile",
    "BoothLink", "BroughtLesson", "ChatLine", "Ending", "Full", "GoalAgreement", "Hand", "LessonPlace", "NotOpen",
    "NotTheirs", "Participant", "Receipt", "Reminder", "Said", "Snapshot", "Step", "StepChange", "Update",
]
