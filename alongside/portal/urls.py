"""Where a person finds their own page, and where members look after it."""

from django.urls import path

from alongside.portal.views import card, copies, door, forgetting, keeping, page, talks

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
    path("people/<int:id>/their-page", card.send_page, name="send_page"),
    path("people/<int:id>/forget", forgetting.by_member, name="forget_person"),
    path("settings/retention", keeping.retention, name="settings_retention"),
]
