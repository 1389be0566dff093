"""The shapes of what authors and methodologists enter."""

from school.library.forms.base import ItemForm
from school.library.forms.items import item_form
from school.library.forms.units import BeginForm, DraftForm, FileForm, NoteForm

__all__ = ["BeginForm", "DraftForm", "FileForm", "ItemForm", "NoteForm", "item_form"]
