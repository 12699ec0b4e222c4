"""The small world from the essays, to try everything in; removed with one click."""
