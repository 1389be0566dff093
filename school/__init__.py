"""The school that uses the library: one folder a feature, one file a concern."""
