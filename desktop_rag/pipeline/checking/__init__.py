"""Whether a passage says what a sentence of an answer says.

`bearing` is the way in and asks the rules: `tying`, `turning`, `roles`, `naming`, `belonging`,
`aligning`. They compare `statements`: sentences taken apart into `facts` (`dates` among them), by
the words that `wording` and `synonyms` know. Pure; nothing here knows passages or models.
"""
