"""Documents made of a report: layout as data, contents as plain values, PDF as bytes."""
