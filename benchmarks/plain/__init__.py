"""A plugin for one measurement: a step that asks nothing besides what the engine always asks."""
