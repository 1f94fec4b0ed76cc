"""The complaint-handling process of ISO 10002:2018 as pure rules over facts."""
