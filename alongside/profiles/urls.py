"""Addresses of profiles: a person's, a product's, the question to ask, and the settings of question sets."""

from django.urls import path

from alongside.profiles.views import find_out, products, profile, sets

app_name = "profiles"
urlpatterns = [
    path("people/<int:id>/profile", profile.profile, name="profile"),
    path("people/<int:id>/profile/<int:question_id>", profile.answer, name="answer"),
    path("people/<int:id>/known", profile.known, name="known"),
    path("people/<int:id>/answers/<int:answer_id>", profile.act, name="act"),
    path("people/<int:id>/find-out", find_out.find_out, name="find_out"),
    path("products", products.products, name="products"),
    path("products/new", products.new_product, name="new_product"),
    path("products/<int:id>", products.product, name="product"),
    path("products/<int:id>/edit", products.edit_product, name="edit_product"),
    path("products/<int:id>/retire", products.retire_product, name="retire_product"),
    path("products/<int:id>/questions/<int:question_id>", products.answer, name="product_answer"),
    path("products/<int:id>/answers/<int:answer_id>", products.act, name="product_act"),
    path("products/<int:id>/find-out", products.find_out, name="product_find_out"),
    path("settings/questions", sets.sets, name="sets"),
    path("settings/questions/load", sets.load, name="load"),
    path("settings/questions/<int:set_id>", sets.one_set, name="set"),
    path("settings/questions/<int:set_id>/retire", sets.retire_set, name="retire_set"),
    path("settings/questions/<int:set_id>/new", sets.new_question, name="new_question"),
    path("settings/questions/<int:set_id>/<int:question_id>", sets.question, name="question"),
    path("settings/questions/<int:set_id>/<int:question_id>/move", sets.move, name="move"),
    path("settings/questions/<int:set_id>/<int:question_id>/retire", sets.retire, name="retire"),
]
