"""The window: Qt only, asks ``workbench.services`` for everything."""
