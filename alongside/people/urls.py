"""Addresses of people's screens."""

from django.urls import path

from alongside.people import duplicate_views, merging_views, relation_views, views

app_name = "people"
urlpatterns = [
    path("people", views.people, name="people"),
    path("people/new", views.new_person, name="new"),
    path("people/complete", views.complete, name="complete"),
    path("people/duplicates", duplicate_views.duplicates, name="duplicates"),
    path("people/duplicates/look", duplicate_views.look_again, name="look_for_duplicates"),
    path("people/duplicates/<int:id>", duplicate_views.decide, name="decide_duplicate"),
    path("people/duplicates/<int:id>/asking", duplicate_views.ask, name="ask_duplicate"),
    path("people/<int:id>", views.person, name="person"),
    path("people/<int:id>/card", views.card, name="card"),
    path("people/<int:id>/now", views.now, name="now"),
    path("people/<int:id>/timeline", views.timeline_page, name="timeline"),
    path("people/<int:id>/edit", views.edit, name="edit"),
    path("people/<int:id>/identities", views.identities, name="identities"),
    path("people/<int:id>/identities/<int:identity_id>/remove", views.remove_identity, name="remove_identity"),
    path("people/<int:id>/identities/<int:identity_id>/prefer", views.prefer_identity, name="prefer_identity"),
    path("people/<int:id>/relations", relation_views.relations, name="relations"),
    path("people/<int:id>/relations/<int:relation_id>/end", relation_views.end_relation, name="end_relation"),
    path("people/<int:id>/merging", merging_views.same_as, name="same_as"),
    path("people/<int:id>/merging/<int:other>", merging_views.merge, name="merge"),
    path("people/mergings/<int:id>", merging_views.part, name="part"),
]
