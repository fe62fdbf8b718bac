"""Painted parts of screens that know no shop words: lists, buttons, pads, strips and forms."""
