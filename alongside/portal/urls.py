"""Where a person finds their own page, and where members look after it."""

from django.urls import path

from alongside.portal.views import booths, card, copies, door, forgetting, keeping, page, talks

urlpatterns = [
    path("my", door.my, name="my"),
    path("my/leave", door.leave, name="my_leave"),
    path("my/link/<str:token>", door.link, name="my_link"),
    path("my/name", page.name, name="my_name"),
    path("my/correct", page.correct, name="my_correct"),
    path("my/objection", page.objection, name="my_objection"),
    path("my/copy", copies.ask, name="my_ask_copy"),
    path("my/copy/<int:id>", copies.copy, name="my_copy"),
    path("my/copy/<int:id>/file", copies.file, name="my_copy_file"),
    path("my/forget", forgetting.ask, name="my_forget"),
    path("my/forget/<str:token>", forgetting.confirm, name="my_forget_link"),
    path("my/conversations/<int:id>", talks.talk, name="my_talk"),
    path("my/files/<int:id>", talks.file, name="my_file"),
    path("my/pages/<code:code>", booths.booth, name="my_booth"),
    path("my/pages/<code:code>/record.md", booths.take, {"form": "md"}, name="my_booth_words"),
    path("my/pages/<code:code>/record.pdf", booths.take, {"form": "pdf"}, name="my_booth_paper"),
    path("my/pages/<code:code>/sketch.svg", booths.take, {"form": "svg"}, name="my_booth_sketch"),
    path("my/pages/<code:code>/files/<int:id>", booths.file, name="my_booth_file"),
    path("my/pages/<code:code>/seat", booths.come_back, name="my_booth_seat"),
    path("people/<int:id>/their-page", card.send_page, name="send_page"),
    path("people/<int:id>/forget", forgetting.by_member, name="forget_person"),
    path("settings/retention", keeping.retention, name="settings_retention"),
]
