"""One file per system whose product export is understood, and one for everybody else's tables."""
