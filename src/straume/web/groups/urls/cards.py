"""Addresses of the practice cards and of who took them up."""

from django.urls import path

from straume.web.groups.views import adoptions, cards

urlpatterns = [
    path("cards/", cards.cards, name="cards"),
    path("cards/new/", cards.add_card, name="add_card"),
    path("cards/<int:pk>/", cards.card, name="card"),
    path("cards/<int:pk>/change/", cards.change_card, name="change_card"),
    path("cards/<int:pk>/publish/", cards.publish_card, name="publish_card"),
    path("cards/<int:pk>/take-back/", cards.take_back_card, name="take_back_card"),
    path("cards/<int:pk>/card-<str:paper>-<str:lang>.pdf", cards.card_sheet, name="card_sheet"),
    path("cards/<int:pk>/tree/", adoptions.tree, name="card_tree"),
    path("cards/<int:pk>/adopt/", adoptions.adopt, name="adopt"),
    path("adoptions/<int:pk>/", adoptions.adoption, name="adoption"),
    path("adoptions/<int:pk>/result/", adoptions.tell, name="tell"),
    path("adoptions/<int:pk>/variant/", adoptions.add_variant, name="add_variant"),
]
