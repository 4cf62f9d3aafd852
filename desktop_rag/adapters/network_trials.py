"""Ways out that the engines have: LanceDB's cloud client, and the hub that models come from.

Each is tried in a child process of its own, with the switches off that keep it at home, so that
nothing but the wall is left to stop it. The address is this computer's own, where nobody listens:
a trial that finds no wall finds no one to talk to either.
"""

import os
import warnings
from datetime import timedelta

from desktop_rag.privacy.trials import KeptOffline, Trial

_NOBODY = "http://127.0.0.1:9"  # the port of “discard”
_TIMEOUT_S = 2


def lancedb_cloud() -> str:
    """Open a database at a cloud address, and ask for its tables. Raises what LanceDB raises."""
    import lancedb

    once = {"retries": 0, "connect_retries": 0, "read_retries": 0}
    limit = timedelta(seconds=_TIMEOUT_S)
    database = lancedb.connect(
        "db://nobody",
        api_key="none",
        region="nowhere",
        host_override=_NOBODY,
        client_config={
            "retry_config": once,
            "timeout_config": {"connect_timeout": limit, "read_timeout": limit},
        },
    )
    warnings.simplefilter("ignore")
    database.table_names()
    return "a server answered"


def hub_download() -> str:
    """Ask the hub about a file, as every download begins. Raises what its library raises."""
    os.environ["HF_HUB_OFFLINE"] = "0"  # in this child alone, before the library is imported
    from huggingface_hub import get_hf_file_metadata, hf_hub_url
    from huggingface_hub.errors import OfflineModeIsEnabled

    address = hf_hub_url("nobody/nothing", "none", endpoint=_NOBODY)
    try:
        get_hf_file_metadata(address, token=False, timeout=_TIMEOUT_S, endpoint=_NOBODY)
    except OfflineModeIsEnabled as error:
        raise KeptOffline("the library is switched off") from error
    return "a server answered"


TRIALS = (Trial("LanceDB in a cloud", lancedb_cloud), Trial("model download", hub_download))
