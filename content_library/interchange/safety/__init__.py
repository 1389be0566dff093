"""Opening files of strangers: nothing here believes a name, a size or a declaration."""
