"""Whether models are there and whole: those in use are asked for at the start."""

from collections.abc import Generator, Iterator

from desktop_rag.domain import CheckedModel, Model, ModelCondition, ModelRole, ModelTrouble
from desktop_rag.errors import ModelError, ModelMissing
from desktop_rag.services.assistant import Assistant
from desktop_rag.services.model_shelf import ModelShelf
from desktop_rag.services.model_trials import ModelTrials


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


def check_models(shelf: ModelShelf, trials: ModelTrials) -> Generator[CheckedModel, None, int]:
    """Each model that is known with the state of its files; returns how many there are.

    Files are hashed unless this process has hashed them before and nothing touched them since.
    """
    models = shelf.models()
    for model in models:
        condition = condition_of(shelf, model)
        fit = trials.fit(model) if condition is ModelCondition.WHOLE else None
        yield CheckedModel(model.name, condition, fit)
    return len(models)


def condition_of(shelf: ModelShelf, model: Model) -> ModelCondition:
    """Whether every file of the model is what its manifest says, and nothing lies beside them."""
    try:
        shelf.folder(model.name, model.role)
    except ModelMissing:
        return ModelCondition.NOT_HERE
    except (ModelError, OSError):  # altered, or nobody may read it
        return ModelCondition.ALTERED
    return ModelCondition.WHOLE
