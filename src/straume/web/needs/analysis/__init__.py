"""What the answers of a wave say: the only caller of `straume.lean.ask`. Nothing here knows a person."""

from straume.lean.ask.estimates import AskedMean, AskedShare
from straume.web.needs.analysis.breakdown import Breakdown, GroupFigure, breakdown, shown_sheets
from straume.web.needs.analysis.change import Changed, changes, need_changes
from straume.web.needs.analysis.figures import ChoiceFigure, QuestionFigure, figure, figures
from straume.web.needs.analysis.ranking import Ranked, ranked, ranked_in
from straume.web.needs.analysis.sheets import JOINS, Group, Question, Read, read

AskedFigure = AskedMean | AskedShare

__all__ = [
    "JOINS",
    "AskedFigure",
    "Breakdown",
    "Changed",
    "ChoiceFigure",
    "Group",
    "GroupFigure",
    "Question",
    "QuestionFigure",
    "Ranked",
    "Read",
    "breakdown",
    "changes",
    "figure",
    "figures",
    "need_changes",
    "ranked",
    "ranked_in",
    "read",
    "shown_sheets",
]
