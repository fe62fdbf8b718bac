"""The questions screens ask, one file per screen; rows come out as frozen values."""
