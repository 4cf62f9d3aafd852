"""Pure functions: values in, values out, no file, no clock, no model."""
