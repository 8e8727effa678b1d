"""The pipeline's component that asks the trained model what a text is about."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp.trained import TrainedModel, load_model

TEXT, QUICK, ODDS = "streetcall_text", "streetcall_quick", "streetcall_odds"
"""Keys in ``doc.user_data``: the text as it came, whether to leave the encoder out, what was found."""


class Categoriser:
    """Leaves the log odds of the model's classes in ``doc.user_data``."""

    def __init__(self, model: TrainedModel, authority: str) -> None:
        self._model = model
        self._authority = authority

    def __call__(self, doc: Doc) -> Doc:
        """The document with what the model says of its text."""
        quick = bool(doc.user_data.get(QUICK))
        doc.user_data[ODDS] = self._model.odds(doc.user_data[TEXT], self._authority, quick)
        return doc


@Language.factory("streetcall_categories", default_config={"authority": "", "small": False})
def make_categoriser(nlp: Language, name: str, folder: str, authority: str, small: bool) -> Categoriser:
    """The component, for ``nlp.add_pipe``."""
    return Categoriser(load_model(Path(folder), small), authority)
