"""All that is asked of the machine before an engine is loaded. It takes a few milliseconds."""

from collections.abc import Callable, Sequence

from desktop_rag.errors import MachineUnfit
from desktop_rag.needs.lack import Lack
from desktop_rag.needs.memory import lacks_of_memory
from desktop_rag.needs.processor import lack_of_processor
from desktop_rag.needs.system import lacks_of_system

FindLacks = Callable[[], Sequence[Lack]]


def lacks_of_machine() -> list[Lack]:
    """What the machine itself lacks, whatever the library is."""
    return [*lack_of_processor(), *lacks_of_system(), *lacks_of_memory()]


def require_fit_machine(find_lacks: FindLacks = lacks_of_machine) -> None:
    """Raise MachineUnfit if an engine could not be loaded, or would end the process."""
    for lack in find_lacks():
        if lack.stops:
            raise MachineUnfit(lack.message, lack.hint)
