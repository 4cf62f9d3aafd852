"""The proof that something was erased: words that only it held, sought in every file that is left.

Bytes are searched as UTF-8 and UTF-16, in any case of a to z, and as JSON escapes them. The index
keeps its columns compressed: they are read through it, and searched as text.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from desktop_rag.domain import FoundTrace

MOST_WORDS = 200
_OF_EACH_TEXT = 5
# Shorter ones turn up by chance in a large file of numbers.
_LEAST_CHARACTERS = 7
_BLOCK_BYTES = 16 << 20
_WORD = re.compile(r"\w{7,}")
# What the files of an empty library are made of: names of tables, columns and indexes.
_OWN_WORDS = frozenset(
    """
    another autoincrement autoindex bates between binary boolean cascade casefold chunks collection
    collections columnencoding compression connection conversation conversations created damaged
    default delete deletions dictionary document documents embedder encoding encodings english
    exists explicit facts features fixed_size_list float folder folders folding foreign format
    fragment fragments heading hidden identifiers immediate impacts integer inverted
    invertedindexdetails
    language length library listed manifest message metadata method minilm missing nullable numbers
    numerics offline operators ordinal original packed pagelayout params partition partitions pdfium
    pending position positions posting postings prefix present preserve primary question randomblob
    rating reading reason recognised reference references remove replace schema searchable searched
    sequence settled simple spanning spans sqlite statistics status stemming string struct temporary
    threshold timestamp tokenizer tokens transaction trigger unique unreadable update updated values
    varint vector vectors version versions watched without
    all-minilm-l6-v2 base_tokenizer with_position max_token_length remove_stop_words ascii_folding
    embedder_name embedder_sha256 index_table format_version document_id page_count chunk_count
    used_ocr added_at mtime_ns conversation_id turn_documents watched_folders left_out asked_at
    updated_at created_at wal_checkpoint not_found evidence_only answered citations sentences
    passages milliseconds coverage support verified unsupported retrieve first_token document_ids
    searchable_idx vector_idx recall questions unindexed
    """.split()
)


def words_of(texts: Iterable[str], names: Iterable[str], staying: str) -> list[str]:
    """Words to be sought: whole names, then the rarest words of each text; 200 at most.

    Left out is what `staying`, all that is kept, holds anywhere, as a part of a word too.
    """
    kept = staying.casefold()
    counts: Counter[str] = Counter()
    of_texts: list[list[str]] = []
    for text in texts:
        words = list(dict.fromkeys(_WORD.findall(text.casefold())))
        counts.update(words)
        of_texts.append(words)
    chosen = dict.fromkeys(name.casefold() for name in names)
    for words in of_texts:
        chosen |= dict.fromkeys(sorted(words, key=lambda word: counts[word])[:_OF_EACH_TEXT])
    fit = (word for word in chosen if _is_fit(word, kept))
    return [word for word, _ in zip(fit, range(MOST_WORDS), strict=False)]


def _is_fit(word: str, kept: str) -> bool:
    if len(word) < _LEAST_CHARACTERS or word in kept:
        return False
    # A word may be a part of the program's own ones, or the other way round.
    return not any(word in own for own in _OWN_WORDS) and word not in _OWN_WORDS


def sought_in_files(words: Sequence[str], files: Iterable[Path]) -> tuple[int, list[FoundTrace]]:
    """How many files were searched, and the words that are in them."""
    forms = {word: _forms(word) for word in words}
    overlap = max((len(form) for some in forms.values() for form in some), default=1)
    count, found = 0, []
    for file in files:
        try:
            blocks = list(dict.fromkeys(_words_in(file, forms, overlap)))
        except FileNotFoundError:  # gone since it was listed
            continue
        count += 1
        found += [FoundTrace(file.name, word) for word in blocks]
    return count, found


def sought_in_texts(words: Sequence[str], texts: Iterable[str], place: str) -> Iterator[FoundTrace]:
    """The words that are in these texts, which are kept in `place`."""
    left = dict.fromkeys(words)
    for text in texts:
        lower = text.casefold()
        for word in [word for word in left if word in lower]:
            del left[word]
            yield FoundTrace(place, word)


def _words_in(file: Path, forms: dict[str, tuple[bytes, ...]], overlap: int) -> Iterator[str]:
    with file.open("rb") as stream:
        end = b""
        while block := stream.read(_BLOCK_BYTES):
            content = (end + block).lower()
            for word, some in forms.items():
                if any(form in content for form in some):
                    yield word
            end = content[-overlap:]


def _forms(word: str) -> tuple[bytes, ...]:
    escaped = json.dumps(word)[1:-1]
    return tuple(
        dict.fromkeys(
            (word.encode(), word.encode("utf-16-le"), escaped.encode(), word.upper().encode())
        )
    )
