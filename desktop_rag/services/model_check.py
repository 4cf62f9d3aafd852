"""Whether the models in use are there and whole: asked at the start, not at the first question."""

from collections.abc import Iterator

from desktop_rag.domain import ModelRole, ModelTrouble
from desktop_rag.errors import ModelError, ModelMissing
from desktop_rag.services.assistant import Assistant


def model_troubles(assistant: Assistant) -> Iterator[ModelTrouble]:
    """Each model of the settings that cannot be used; every file of them is hashed.

    What was hashed here is not hashed again when it is loaded. A language model that writes
    nothing, as the settings want it, is left out.
    """
    for role, name in assistant.models_in_use.items():
        if role is ModelRole.LANGUAGE_MODEL and assistant.answers.quotes:
            continue
        try:
            assistant.shelf.folder(name, role)
        except ModelError as error:
            is_missing = isinstance(error, ModelMissing)
            yield ModelTrouble(name, role, is_missing, assistant.shelf.is_own(name))
